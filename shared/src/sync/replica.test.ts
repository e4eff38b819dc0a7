import { assert, suite } from '@taskflow/tools/suite.ts'
import type { Envelope } from '../events/envelope.ts'
import { Replica } from './replica.ts'

const test = suite('replica')

const fact = (seq: number): Envelope => ({
  stream: 'b:1',
  epoch: 'e',
  seq,
  txn: '',
  at: '',
  type: 'noted',
  actor: { kind: 'system', id: null, name: '' },
  data: seq,
})
const at = (seq: number, epoch = 'e') => ({ state: [seq], stream: { id: 'b:1', epoch, seq, ticket: '' } })
const start = (seq: number) => new Replica<number[]>(at(seq), (state, { data }) => [...state, data as number])
const seqs = (facts: Envelope[]) => facts.map(({ seq }) => seq)

test('facts are applied in order, each once', () => {
  const replica = start(5)
  assert.deepEqual(seqs(replica.receive([fact(5), fact(6), fact(6)])), [6])
  assert.deepEqual(seqs(replica.receive([fact(8), fact(9)])), [])
  assert.equal(replica.isBehind, true)
  assert.deepEqual(seqs(replica.receive([fact(7)])), [7, 8, 9])
  assert.deepEqual(replica.state, [5, 6, 7, 8, 9])
  assert.equal(replica.isBehind, false)
})

test('what waits for a gap to close is bounded, and the next fact is still taken', () => {
  const replica = start(0)
  replica.receive(Array.from({ length: 5_000 }, (_, index) => fact(index + 2)))
  assert.equal(replica.receive([fact(1)]).length, 1_001)
  assert.equal(replica.seq, 1_001)
  assert.equal(replica.head, 5_001)
})

test('a snapshot of the same history never takes it back', () => {
  const replica = start(5)
  assert.equal(replica.restart(at(4)), false)
  assert.equal(replica.seq, 5)
  assert.equal(replica.restart(at(9)), true)
  assert.deepEqual([replica.seq, replica.head, replica.state], [9, 9, [9]])
})

test('a snapshot of another history is taken whatever its position', () => {
  const replica = start(5)
  replica.receive([fact(7)])
  assert.equal(replica.restart(at(2, 'f')), true)
  assert.deepEqual([replica.epoch, replica.seq, replica.isBehind], ['f', 2, false])
})

test.run()
