import { assert, suite } from '@taskflow/tools/suite.ts'
import { Stream } from './stream.ts'
import { FakeClock } from './testing/fake-clock.ts'
import { createScene } from './testing/scene.ts'

const test = suite('stream')

const eventCalls = (calls: string[]) => calls.filter((call) => call.includes('/events?'))

test('one sees Live once the socket has confirmed the last position', async () => {
  const { board, close } = await createScene()
  assert.equal(board.status.is, 'live')
  close()
})

test('a fact that overtakes the answer to the join does not keep one from being live', () => {
  const nothing = () => {}
  const host = { changed: nothing, ready: nothing, unconfirmed: nothing, rewritten: nothing, signedOut: nothing }
  const net = { clock: new FakeClock(), fetch: () => new Promise<Response>(nothing) }
  const source = { id: 'b:1', apply: (state: number) => state + 1, read: () => new Promise<never>(nothing) }
  const position = { id: 'b:1', epoch: 'e', seq: 1, ticket: '' }
  const stream = new Stream(source, { ...net, ...host }, { state: 0, stream: position })
  const fact = { stream: 'b:1', epoch: 'e', seq: 2, txn: '', at: '', type: 'x', data: {} }
  stream.linked('joining')
  stream.receive([{ ...fact, actor: { kind: 'system', id: null, name: '' } }])
  assert.equal(stream.status.is, 'catching up')
  stream.joined(1)
  assert.equal(stream.status.is, 'live')
  stream.close()
})

test('without a confirmation Live ends after 15 s, with the reason and the moment', async () => {
  const { board, node, clock, close } = await createScene()
  await clock.pass(9_000)
  node.isDeaf = true
  await clock.pass(14_000)
  assert.equal(board.status.is, 'live')
  await clock.pass(1_500)
  assert.match(String(board.status.is), /catching up|not live/)
  await clock.pass(60_000)
  assert.notEqual(board.status.is, 'live')
  node.isDeaf = false
  await clock.pass(15_000)
  assert.equal(board.status.is, 'live')
  close()
})

test('a cut socket ends Live at once; a dead network says that the server does not answer', async () => {
  const { board, ada, node, clock, close } = await createScene()
  const since = clock.now()
  ada.weather.isSocketBlocked = true
  node.cut(ada.session)
  assert.deepEqual(board.status, { is: 'not live', reason: 'no socket', since })
  ada.weather.isOffline = true
  await clock.pass(10_000)
  assert.deepEqual({ ...board.status, since: 0 }, { is: 'not live', reason: 'no server', since: 0 })
  close()
})

test('where sockets are blocked the board follows over HTTP, and does not call that Live', async () => {
  const { ada, bob, board, node, clock, titles, add, close } = await createScene()
  ada.weather.isSocketBlocked = true
  node.cut(ada.session)
  await clock.pass(10_000)
  void add(bob, 'seen')
  await clock.pass(200)
  assert.deepEqual(titles(ada), ['seen'])
  assert.equal(board.status.is, 'not live')
  close()
})

test('only boards hold a call open, and an empty answer does not make a busy loop', async () => {
  const { ada, node, http, clock, close } = await createScene()
  ada.weather.isSocketBlocked = true
  node.cut(ada.session)
  await clock.pass(5_000)
  http.calls.length = 0
  await clock.pass(60_000)
  assert.ok(eventCalls(http.calls).length <= 8, `${eventCalls(http.calls).length} calls in a minute`)
  close()
})

test('a missing fact is asked for 150 ms after a later one has come', async () => {
  const { ada, bob, clock, titles, add, close } = await createScene()
  ada.weather.facts.push('dropped')
  void add(bob, 'first')
  await clock.pass(1_000)
  assert.deepEqual(titles(ada), [])
  void add(bob, 'second')
  await clock.pass(150)
  assert.deepEqual(titles(ada), [])
  await clock.pass(250)
  assert.deepEqual(titles(ada), ['first', 'second'])
  close()
})

test('a lost last fact shows with the next heads', async () => {
  const { ada, bob, clock, titles, add, close } = await createScene()
  ada.weather.facts.push('dropped')
  void add(bob, 'last')
  await clock.pass(7_990)
  assert.deepEqual(titles(ada), [])
  await clock.pass(140)
  assert.deepEqual(titles(ada), ['last'])
  close()
})

test('waking catches up at once', async () => {
  const { ada, bob, clock, titles, add, close } = await createScene()
  ada.weather.facts.push('dropped')
  void add(bob, 'last')
  await clock.pass(500)
  ada.sync.wake()
  await clock.pass(100)
  assert.deepEqual(titles(ada), ['last'])
  close()
})

test('facts that are gone make it take the snapshot again', async () => {
  const { ada, bob, node, server, http, clock, titles, add, close } = await createScene()
  ada.weather.isSocketBlocked = ada.weather.isOffline = true
  node.cut(ada.session)
  void add(bob, 'meanwhile')
  await clock.pass(2_000)
  server.trim()
  http.calls.length = 0
  ada.weather.isOffline = false
  ada.sync.wake()
  await clock.pass(1_000)
  assert.deepEqual(titles(ada), ['meanwhile'])
  assert.ok(http.calls.some((call) => /GET \/api\/boards\//.test(call)))
  close()
})

test('a fact of another history is not applied', async () => {
  const { ada, bob, board, server, node, clock, titles, add, close } = await createScene()
  server.backUp()
  void add(bob, 'lost')
  await clock.pass(500)
  server.restore()
  const mixed: unknown[] = []
  board.subscribe(() => board.position?.epoch === 'e1' && titles(ada)?.includes('later') && mixed.push(titles(ada)))
  void add(bob, 'after')
  void add(bob, 'later')
  await clock.pass(1_000)
  assert.deepEqual(mixed, [])
  node.cut(ada.session)
  node.cut(bob.session)
  await clock.pass(3_000)
  assert.deepEqual([board.position?.epoch, titles(ada), titles(bob)], ['e2', ['after', 'later'], ['after', 'later']])
  close()
})

test('a fact that cannot be applied is got from the snapshot', async () => {
  const { ada, board, node, server, clock, add, bob, titles, close } = await createScene()
  void add(bob, 'whole')
  await clock.pass(500)
  const broken = { ...server.factsAfter(board.id, 'e1', 0)![0]!, seq: 3, type: 'task.updated', data: null }
  server.history.facts.get(board.id)!.push(broken)
  node.publish([broken])
  await clock.pass(1_000)
  assert.equal(board.position?.seq, 3)
  assert.deepEqual(titles(ada), ['whole'])
  close()
})

test('who loses the board keeps nothing of it', async () => {
  const { bob, board, server, clock, add, close } = await createScene()
  void add(bob, 'secret')
  await clock.pass(500)
  server.revoke('ada', board.id.slice(2))
  await clock.pass(50)
  assert.deepEqual([board.status.is, board.state], ['gone', null])
  close()
})

test.run()
