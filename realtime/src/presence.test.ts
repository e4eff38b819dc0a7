import { CHANNEL_OF_PRESENCE, boardStream } from '@taskflow/shared/names.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import type { TestClient } from './testing/client.ts'
import { createWorld, type World } from './testing/world.ts'

const test = suite('presence')
let world: World
let other: Awaited<ReturnType<World['startNode']>>
const timing = { presenceRefreshMs: 200, presenceLeaseMs: 600 }

test.before(async () => {
  world = await createWorld()
  await world.startNode(timing)
  other = await world.startNode(timing)
})
test.after(() => world.close())

const names = (client: TestClient, board: string) =>
  (client.heard.presence.findLast(({ stream }) => stream === board)?.users ?? []).map(({ name }) => name).toSorted()
const sees = (client: TestClient, board: string, expected: string[]) =>
  client.until(() => names(client, board).join() === expected.join(), `presence of ${expected.join()}`)

const meet = async () => {
  const board = boardStream(newId())
  const [ada, ben, stranger] = [
    await world.connect('ada'),
    await world.connect('ben', other),
    await world.connect('eve'),
  ]
  await ada.join(board)
  await ben.join(board)
  return { board, ada, ben, stranger }
}

test('people on two nodes see each other, with what they do; who did not join sees nothing', async () => {
  const { board, ada, ben, stranger } = await meet()
  const task = newId()
  ada.socket.emit('presence', { stream: board, state: { task, mode: 'editing' } })
  await sees(ben, board, ['ada'])
  assert.deepEqual(ben.heard.presence.at(-1), {
    stream: board,
    users: [{ id: 'ada', name: 'ada', state: { task, mode: 'editing' } }],
  })
  ben.socket.emit('presence', { stream: board, state: {} })
  await sees(ada, board, ['ada', 'ben'])
  stranger.socket.emit('presence', { stream: board, state: {} })
  await stranger.flush()
  assert.deepEqual(stranger.heard.presence, [])
  await ada.flush()
  assert.deepEqual(names(ada, board), ['ada', 'ben'])
})

test('the latest state wins', async () => {
  const { board, ada, ben } = await meet()
  for (let i = 0; i <= 20; i++) ada.socket.emit('presence', { stream: board, state: { i } })
  await ben.until(() => ben.heard.presence.at(-1)?.users[0]?.state.i === 20)
  assert.ok(ben.heard.presence.length < 10)
})

test('a newcomer is told who is there, also by the other node', async () => {
  const { board, ada, ben } = await meet()
  ada.socket.emit('presence', { stream: board, state: {} })
  await sees(ben, board, ['ada'])
  const cleo = await world.connect('cleo', other)
  await cleo.join(board)
  await sees(cleo, board, ['ada'])
})

test('a node that begins to follow a stream asks the others who is there', async () => {
  const silent = { presenceRefreshMs: 60_000 }
  const board = boardStream(newId())
  const [first, third] = [await world.startNode(silent), await world.startNode(silent)]
  const [ada, ben] = [await world.connect('ada', first), await world.connect('ben', other)]
  await Promise.all([ada.join(board), ben.join(board)])
  ada.socket.emit('presence', { stream: board, state: {} })
  await sees(ben, board, ['ada'])
  const dan = await world.connect('dan', third)
  await dan.join(board)
  await sees(dan, board, ['ada'])
})

test('who leaves, disconnects or is shut out is gone for the others, and sees no more', async () => {
  const { board, ada, ben } = await meet()
  const cleo = await world.connect('cleo')
  await cleo.join(board)
  for (const client of [ada, ben, cleo]) client.socket.emit('presence', { stream: board, state: {} })
  await Promise.all([ada, ben, cleo].map((client) => sees(client, board, ['ada', 'ben', 'cleo'])))
  await world.act(board, 'access.revoked', { userId: 'cleo', userIds: ['cleo'], acl: 1 })
  await Promise.all([ada, ben].map((client) => sees(client, board, ['ada', 'ben'])))
  await ada.leave(board)
  await sees(ben, board, ['ben'])
  ben.socket.disconnect()
  await cleo.flush()
  assert.deepEqual(names(cleo, board), ['ada', 'ben', 'cleo'])
})

test('people of a node that fell silent are gone when its lease is over', async () => {
  const { board, ada } = await meet()
  const ghost = { id: 'ghost', name: 'ghost', state: {}, at: Date.now() }
  await world.publishOn(CHANNEL_OF_PRESENCE, JSON.stringify({ node: 'dead', lists: { [board]: [ghost] } }))
  await sees(ada, board, ['ghost'])
  await sees(ada, board, [])
})

test('a state that is too large is not passed on', async () => {
  const { board, ada, ben } = await meet()
  ada.socket.emit('presence', { stream: board, state: { text: 'ü'.repeat(130) } })
  ada.socket.emit('presence', { stream: board, state: 'text' })
  ada.socket.emit('presence', { stream: board, state: { fits: true } })
  await sees(ben, board, ['ada'])
  assert.ok(ben.heard.presence.every(({ users }) => users.every(({ state }) => state.fits)))
})

test.run()
