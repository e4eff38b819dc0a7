import { assert, suite } from '@taskflow/tools/suite.ts'
import type { Fact } from './fact.ts'
import { RING_LIMIT_AGE_MS, RING_LIMIT_BYTES, RING_LIMIT_FACTS } from './limits.ts'
import { Ring, RingSpace } from './ring.ts'

const test = suite('ring of recent facts')

const fact = (seq: number, length = 100): Fact => ({
  stream: 'b:1',
  epoch: 'e',
  seq,
  type: 't',
  text: 'x'.repeat(length),
})
const facts = (from: number, to: number, length?: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => fact(from + i, length))
const seqs = (taken: Fact[] | null) => taken?.map(({ seq }) => seq)

test('gives what comes after a position, or nothing when it does not reach back', () => {
  const ring = new Ring(new RingSpace())
  assert.equal(ring.after(0, 1e6), null)
  for (const each of facts(5, 9)) ring.push(each)
  assert.deepEqual(seqs(ring.after(6, 1e6)), [7, 8, 9])
  assert.deepEqual(seqs(ring.after(4, 250)), [5, 6])
  assert.equal(ring.after(3, 1e6), null)
  ring.prepend(facts(2, 4))
  assert.deepEqual(seqs(ring.after(3, 1e6)), [4, 5, 6, 7, 8, 9])
})

test('is bounded by count', () => {
  const ring = new Ring(new RingSpace())
  for (let seq = 1; seq <= RING_LIMIT_FACTS * 3; seq++) ring.push(fact(seq, 1))
  assert.deepEqual([ring.size, ring.oldest], [RING_LIMIT_FACTS, RING_LIMIT_FACTS * 2 + 1])
  assert.equal(ring.after(RING_LIMIT_FACTS * 3 - 1, 1e6)?.length, 1)
  ring.prepend(facts(RING_LIMIT_FACTS * 2 - 9, RING_LIMIT_FACTS * 2))
  assert.equal(ring.size, RING_LIMIT_FACTS)
})

test('is bounded by bytes, and keeps the newest of what is put before it', () => {
  const space = new RingSpace()
  const ring = new Ring(space)
  for (const each of facts(101, 110, RING_LIMIT_BYTES / 5)) ring.push(each)
  assert.ok(space.bytes <= RING_LIMIT_BYTES)
  assert.equal(ring.size, 4)
  ring.prepend(facts(97, 106, 10_000))
  assert.ok(space.bytes <= RING_LIMIT_BYTES)
  assert.equal(ring.after(ring.oldest - 1, 1e9)?.length, ring.size)
})

test('is bounded by age', () => {
  const ring = new Ring(new RingSpace())
  ring.push(fact(1), 0)
  ring.push(fact(2), 1_000)
  ring.dropOld(RING_LIMIT_AGE_MS + 500)
  assert.equal(ring.oldest, 2)
})

test('all rings together are bounded: the one used least recently is emptied', () => {
  const space = new RingSpace(3_000)
  const [idle, busy] = [new Ring(space), new Ring(space)]
  for (const each of facts(1, 5)) idle.push(each)
  for (const each of facts(1, 8)) busy.push(each)
  assert.deepEqual([idle.size, busy.size], [0, 8])
  assert.ok(space.bytes <= 3_000)
})

test.run()
