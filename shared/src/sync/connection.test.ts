import { assert, suite } from '@taskflow/tools/suite.ts'
import { createScene } from './testing/scene.ts'

const test = suite('connection')

test('tickets are renewed before they expire, and Live never ends for it', async () => {
  const { board, http, clock, close } = await createScene()
  const seen = new Set<string>()
  board.subscribe(() => seen.add(board.status.is))
  http.calls.length = 0
  await clock.pass(3_600_000)
  assert.deepEqual([...seen], ['live'])
  const renewals = http.calls.filter((call) => call.endsWith('/ticket')).length
  // Two people, two streams, a renewal every five to eight minutes.
  assert.ok(renewals >= 4 * 7 && renewals <= 4 * 12, `${renewals} renewals`)
  close()
})

test('coming back within a moment costs the API nothing', async () => {
  const { ada, bob, node, http, board, clock, close } = await createScene()
  http.calls.length = 0
  for (let round = 0; round < 20; round++) {
    node.cut(ada.session)
    node.cut(bob.session)
    await clock.pass(1_000)
    assert.equal(board.status.is, 'live')
  }
  assert.deepEqual(http.calls, [])
  close()
})

test('an expired ticket is replaced when one comes back late', async () => {
  const { ada, board, node, clock, close } = await createScene()
  ada.weather.isOffline = true
  node.cut(ada.session)
  await clock.pass(20 * 60_000)
  ada.weather.isOffline = false
  ada.sync.wake()
  await clock.pass(2_000)
  assert.equal(board.status.is, 'live')
  close()
})

test('where facts do not lead to the present, one snapshot does', async () => {
  const { ada, bob, server, node, http, titles, clock, add, close } = await createScene()
  ada.weather.isSocketBlocked = true
  node.cut(ada.session)
  void add(bob, 'meanwhile')
  await clock.pass(100)
  server.trim()
  http.calls.length = 0
  ada.weather.isSocketBlocked = false
  await clock.pass(2_500)
  assert.deepEqual(titles(ada), ['meanwhile'])
  assert.deepEqual(http.calls, [`GET /api/boards/${ada.boards[0]!.id.slice(2)}`])
  close()
})

test('a socket that has fallen silent is replaced', async () => {
  const { ada, board, clock, close } = await createScene()
  ada.weather.isOffline = true
  await clock.pass(20_000)
  ada.weather.isOffline = false
  await clock.pass(6_000)
  assert.equal(board.status.is, 'live')
  close()
})

test('once sockets are possible again one is there within five seconds, however long they were not', async () => {
  for (const minutes of [0.5, 1, 5, 20, 60]) {
    const { ada, board, node, clock, close } = await createScene()
    ada.weather.isSocketBlocked = true
    node.cut(ada.session)
    await clock.pass(minutes * 60_000)
    ada.weather.isSocketBlocked = false
    await clock.pass(5_000)
    assert.equal(board.status.is, 'live', `after ${minutes} minutes`)
    close()
  }
})

test('a node that moves is left within its time, by each at another moment', async () => {
  const { node, clock, close } = await createScene()
  const ids = () => [...node.sockets].map((socket) => socket.connection)
  const before = ids()
  node.tellToMove()
  await clock.pass(60)
  assert.deepEqual(ids(), before)
  await clock.pass(2_200)
  assert.equal(node.sockets.size, 2)
  assert.ok(ids().every((id) => !before.includes(id)))
  close()
})

test('an ended session stops everything until somebody signs in', async () => {
  const { ada, board, node, http, clock, close } = await createScene()
  ada.session.isOver = true
  node.cut(ada.session)
  await clock.pass(30_000)
  assert.deepEqual({ ...board.status, since: 0 }, { is: 'not live', reason: 'signed out', since: 0 })
  const calls = http.calls.length
  await clock.pass(60_000)
  assert.ok(http.calls.length - calls < 3, 'it does not go on asking')
  ada.session.isOver = false
  ada.sync.wake()
  await clock.pass(1_000)
  assert.equal(board.status.is, 'live')
  close()
})

test('an answer to the session of before does not sign out the new one', async () => {
  for (let signInAfterMs = 1; signInAfterMs < 80; signInAfterMs += 2) {
    const { ada, clock, add, close } = await createScene()
    ada.session.isOver = true
    void add(ada, 'typed while signed out')
    await clock.pass(signInAfterMs)
    ada.session.isOver = false
    ada.sync.wake()
    await clock.pass(10_000)
    assert.equal(ada.sync.pending, 0)
    close()
  }
})

test('presence is told again after a reconnect', async () => {
  const { ada, bob, board, node, clock, close } = await createScene()
  board.setPresence({ task: '1', mode: 'viewing' })
  await clock.pass(200)
  const seen = () => bob.boards[0]!.present.map(({ id, state }) => [id, state['mode']])
  assert.deepEqual(seen(), [['ada', 'viewing']])
  ada.weather.isSocketBlocked = true
  node.cut(ada.session)
  await clock.pass(100)
  assert.deepEqual(seen(), [])
  ada.weather.isSocketBlocked = false
  await clock.pass(2_000)
  assert.deepEqual(seen(), [['ada', 'viewing']])
  close()
})

test.run()
