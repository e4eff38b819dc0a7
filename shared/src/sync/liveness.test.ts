import { assert, suite } from '@taskflow/tools/suite.ts'
import { CONFIRMED_MS, GAP_MS, Liveness } from './liveness.ts'

const test = suite('liveness')

function joinedAt(now: number, seq: number) {
  const live = new Liveness()
  live.linked('joining')
  live.linked('joined')
  live.delivered(seq)
  live.confirmed(now)
  return live
}

test('a confirmation is good for 15 s, also when no timer has run since, as after a sleep', () => {
  const live = joinedAt(0, 7)
  assert.equal(live.at(CONFIRMED_MS, 7).is, 'live')
  assert.deepEqual(live.at(CONFIRMED_MS + 1, 7), { is: 'not live', reason: 'unconfirmed' })
})

test('a fact on its way in is no lag; a fact that does not come is', () => {
  const live = joinedAt(0, 7)
  live.behindSince = 100
  assert.equal(live.at(100 + GAP_MS - 1, 7).is, 'live')
  assert.equal(live.at(100 + GAP_MS, 7).is, 'catching up')
})

test('a service that is behind what HTTP has told confirms nothing', () => {
  const live = joinedAt(0, 7)
  assert.deepEqual(live.at(1, 8), { is: 'not live', reason: 'unconfirmed' })
  live.delivered(8)
  assert.equal(live.at(1, 8).is, 'live')
})

test('what an earlier connection delivered does not count', () => {
  const live = joinedAt(0, 7)
  live.linked('down')
  assert.deepEqual(live.at(1, 7), { is: 'not live', reason: 'no socket' })
  live.linked('joined')
  assert.notEqual(live.at(1, 7).is, 'live')
})

test('the reason that a person can do something about comes first', () => {
  const live = new Liveness()
  assert.deepEqual(live.at(0, 0), { is: 'not live', reason: 'connecting' })
  live.linked('refused')
  assert.deepEqual(live.at(0, 0), { is: 'not live', reason: 'refused' })
  live.serverFails = true
  assert.deepEqual(live.at(0, 0), { is: 'not live', reason: 'no server' })
  live.signedOut = true
  assert.deepEqual(live.at(0, 0), { is: 'not live', reason: 'signed out' })
  live.isGone = true
  assert.deepEqual(live.at(0, 0), { is: 'gone' })
})

test.run()
