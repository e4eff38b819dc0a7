import { assert, suite } from '@taskflow/tools/suite.ts'
import { clockApart, cureOfHttp, cureOfSocket, reportOf, STEPS, type Results } from './steps.ts'

const test = suite('what the self-test concludes')

test('a live service that answers plainly while no socket comes through is behind a proxy without upgrade', () => {
  assert.equal(cureOfSocket(null, 400), 'upgrade')
  assert.equal(cureOfSocket(null, 502), 'realtimeDown')
  assert.equal(cureOfSocket(null, 0), 'unreachable')
})

test('what the live service says itself wins', () => {
  assert.equal(cureOfSocket('origin.refused', 400), 'origin')
  assert.equal(cureOfSocket('token.expired', 400), 'refusedToken')
  assert.equal(cureOfSocket('session.ended', 400), 'signedOut')
})

test('no network, no server and a server without its API are three things', () => {
  assert.deepEqual(
    [cureOfHttp(0, false), cureOfHttp(0, true), cureOfHttp(502, true)],
    ['offline', 'unreachable', 'apiDown'],
  )
})

test('clocks within what can be told from whole seconds are together', () => {
  const date = 'Fri, 20 Nov 2026 12:00:00 GMT'
  const at = Date.parse(date)
  assert.equal(clockApart(date, at + 100, at + 150), 0)
  assert.equal(clockApart(date, at + 900, at + 1300), 0)
  assert.equal(clockApart(date, at + 61_000, at + 61_050), 60_001)
  assert.equal(clockApart(date, at - 60_050, at - 60_000), -60_000)
  assert.equal(clockApart(null, at, at), null)
})

test('the report has a line for every step', () => {
  const results = Object.fromEntries(STEPS.map((name) => [name, { state: 'ok', ms: 12.4 }])) as Results
  const report = reportOf(
    { ...results, socket: { state: 'bad', cure: 'upgrade', detail: 'websocket error' } },
    { at: '2026-11-20T12:00:00Z', origin: 'https://board.example', userAgent: 'a browser' },
  )
  assert.match(report, /^ok {4}http {4}12 ms$/m)
  assert.match(report, /^FAIL {2}socket {2}upgrade {2}websocket error$/m)
})

test.run()
