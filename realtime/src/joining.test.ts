import { boardStream } from '@taskflow/shared/names.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { RING_LIMIT_BYTES } from './limits.ts'
import { createWorld, type World } from './testing/world.ts'

const test = suite('joining')
let world: World

test.before(async () => {
  world = await createWorld()
  await world.startNode({ housekeepingEveryMs: 100, headsEveryMs: 300 })
})
test.after(() => world.close())
test.after.each(() => {
  Object.assign(world.api.state, { down: false, downAs: 503, beforeAnswer: async () => {} })
})

const newBoard = (facts = 0) => {
  const board = boardStream(newId())
  for (let i = 0; i < facts; i++) world.api.commit(board)
  return board
}
const now = () => Math.floor(Date.now() / 1000)
const code = (answer: object) => (answer as { code?: string }).code

test("another person's ticket, one for another stream and a forged one are denied", async () => {
  const board = newBoard(1)
  const eve = await world.connect('eve')
  const ticket = await world.api.ticket('ada', board)
  assert.equal(code(await eve.join(board, { ticket })), 'denied')
  assert.equal(code(await eve.join(board, { ticket: await world.api.ticket('eve', newBoard()) })), 'denied')
  assert.equal(code(await eve.join(board, { ticket: `${ticket.slice(0, -4)}AAAA` })), 'denied')
  assert.equal(code(await eve.join(board, { ticket: await world.api.token('eve') })), 'denied')
  await world.act(board)
  await eve.flush()
  assert.deepEqual(eve.heard.events, [])
})

test('an expired ticket is told so; one that lives too long is denied', async () => {
  const board = newBoard()
  const ada = await world.connect('ada')
  assert.equal(
    code(await ada.join(board, { ticket: await world.api.ticket('ada', board, { exp: now() - 60 }) })),
    'expired',
  )
  assert.equal(
    code(await ada.join(board, { ticket: await world.api.ticket('ada', board, { exp: now() + 7200 }) })),
    'denied',
  )
})

test('a socket leaves silently when its ticket expires, and stays when it was renewed', async () => {
  const board = newBoard()
  const [ada, ben] = [await world.connect('ada'), await world.connect('ben')]
  const short = (name: string) => world.api.ticket(name, board, { exp: now() + 3 })
  await ada.join(board, { ticket: await short('ada') })
  await ben.join(board, { ticket: await short('ben') })
  assert.deepEqual(await ben.renew(board, await world.api.ticket('ben', board)), { stream: board, ok: true, head: 0 })
  const other = newBoard()
  await ada.join(other)
  const heads = () => ada.heard.heads.at(-1) ?? {}
  await ada.until(() => other in heads() && !(board in heads()), 'heads without the stream')
  await world.act(board)
  await ben.hears(board, 1)
  await ada.flush()
  assert.deepEqual([ada.heard.events, ada.heard.revoked], [[], []])
})

test('who left hears nothing more', async () => {
  const board = newBoard()
  const [ada, ben] = [await world.connect('ada'), await world.connect('ben')]
  await Promise.all([ada.join(board), ben.join(board)])
  assert.deepEqual(await ada.leave(board), { ok: true })
  await world.act(board)
  await ben.hears(board, 1)
  await ada.flush()
  assert.deepEqual(ada.heard.events, [])
})

test('another epoch and a position that does not exist need a snapshot', async () => {
  const board = newBoard(3)
  const ada = await world.connect('ada')
  assert.equal(code(await ada.join(board, { epoch: 'other' })), 'resync')
  assert.equal(code(await ada.join(board, { after: 9 })), 'resync')
  assert.equal((await ada.join(board)).ok, true)
  assert.equal(code(await ada.join(board, { epoch: 'other' })), 'resync')
})

test('a client that is ahead of this node is brought in as soon as the node has caught up', async () => {
  const board = newBoard(1)
  const [ada, ben] = [await world.connect('ada'), await world.connect('ben')]
  await ada.join(board)
  world.api.commit(board)
  assert.deepEqual(await ben.join(board), { stream: board, ok: true, head: 2 })
  await ada.hears(board, 2)
  assert.deepEqual([ada.seqs(board), ben.seqs(board)], [[2], []])
})

test('trimmed history needs a snapshot, and does not spoil the join of others', async () => {
  const board = newBoard(600)
  world.api.historyOf(board).trimmedBefore = 590
  const [ada, ben] = [await world.connect('ada'), await world.connect('ben')]
  assert.equal(code(await ada.join(board, { after: 100 })), 'resync')
  assert.equal((await ben.join(board, { after: 595 })).ok, true)
  assert.deepEqual(ben.seqs(board), [596, 597, 598, 599, 600])
})

test('thousands of missed facts come in order and in parts; too many need a snapshot', async () => {
  const board = newBoard(5_500)
  const [ada, ben] = [await world.connect('ada'), await world.connect('ben')]
  assert.equal(code(await ben.join(board, { after: 100 })), 'resync')
  assert.equal((await ada.join(board, { after: 2_000 })).ok, true)
  assert.deepEqual(
    ada.seqs(board),
    Array.from({ length: 3_500 }, (_, i) => 2_001 + i),
  )
  assert.ok(ada.heard.frames.length > 5)
})

test('a few missed facts that are large in all need a snapshot; who misses the last of them is brought on', async () => {
  const board = newBoard()
  const large = { text: 'x'.repeat(RING_LIMIT_BYTES / 8) }
  for (let i = 0; i < 12; i++) world.api.commit(board, 'task.updated', large)
  const [ada, ben] = [await world.connect('ada'), await world.connect('ben')]
  assert.equal(code(await ada.join(board, { after: 1 })), 'resync')
  assert.equal(world.api.countCalls(encodeURIComponent(board)), 2)
  assert.equal((await ben.join(board, { after: 10 })).ok, true)
  assert.deepEqual([ada.seqs(board), ben.seqs(board)], [[], [11, 12]])
})

test('facts that come while a reader is brought on follow without a gap', async () => {
  const board = newBoard(2_000)
  const ada = await world.connect('ada')
  const joined = ada.join(board, { after: 0 })
  for (let i = 0; i < 50; i++) await world.act(board)
  assert.equal((await joined).ok, true)
  await ada.hears(board, 2_050)
  assert.deepEqual(
    ada.seqs(board),
    Array.from({ length: 2_050 }, (_, i) => i + 1),
  )
})

test('several streams joined at once: the answer waits for all and tells where each stands by then', async () => {
  const [known, lost, slow] = [newBoard(1), newBoard(1), newBoard(1)]
  const [ada, ben] = [await world.connect('ada'), await world.connect('ben')]
  for (const board of [known, lost]) await ben.join(board)
  const held = Promise.withResolvers<void>()
  world.api.state.beforeAnswer = () => held.promise
  const requests = await Promise.all(
    [known, lost, slow].map(async (stream) => {
      const { epoch, seq } = world.api.headOf(stream)
      return { stream, epoch, after: seq, ticket: await world.api.ticket('ada', stream) }
    }),
  )
  const joined = ada.socket.emitWithAck('join', requests)
  await world.act(known)
  await world.act(lost)
  await ada.hears(known, 2)
  // Before it was heard, Redis might have been quicker than the join, which would then be denied.
  await ada.hears(lost, 2)
  await world.act(lost, 'access.revoked', { userId: 'ada', acl: 3 })
  await ada.until(() => ada.heard.revoked.includes(lost))
  held.resolve()
  assert.deepEqual(await joined, [
    { stream: known, ok: true, head: 2 },
    { stream: lost, ok: false, code: 'resync' },
    { stream: slow, ok: true, head: 1 },
  ])
})

test('who joins in the middle of a burst hears each fact once', async () => {
  const board = newBoard()
  const [ada, ...late] = await Promise.all(Array.from({ length: 12 }, (_, i) => world.connect(`user-${i}`)))
  await ada!.join(board)
  const acts: Promise<unknown>[] = []
  const joins = late.map(async (client) => {
    for (let i = 0; i < 20; i++) acts.push(world.act(board))
    await client.join(board, { after: 0 })
  })
  await Promise.all([...joins, ...acts])
  const all = Array.from({ length: acts.length }, (_, i) => i + 1)
  for (const client of late) {
    await client.hears(board, all.length)
    assert.deepEqual(client.seqs(board), all)
  }
})

test('when the API is away a stream that nobody knows answers resync after a while; a known one is joined', async () => {
  const [known, unknown] = [newBoard(3), newBoard(3)]
  const [ada, ben] = [await world.connect('ada'), await world.connect('ben')]
  await ada.join(known, { after: 0 })
  world.api.state.down = true
  assert.equal((await ben.join(known, { after: 1 })).ok, true)
  assert.equal(code(await ben.join(unknown, { after: 1 })), 'resync')
  world.api.state.down = false
  assert.equal((await ben.join(unknown, { after: 1 })).ok, true)
})

test('when the API does not let the node in, nobody is told that they may not see the stream', async () => {
  const ada = await world.connect('ada')
  Object.assign(world.api.state, { down: true, downAs: 404 })
  assert.equal(code(await ada.join(newBoard(3), { after: 1 })), 'resync')
})

test('two hundred sockets that come back cost the API one call', async () => {
  const board = newBoard(40)
  const clients = await Promise.all(Array.from({ length: 200 }, (_, i) => world.connect(`user-${i}`)))
  const before = world.api.countCalls(encodeURIComponent(board))
  const acl = (i: number) => 19 - (i % 15)
  const answers = await Promise.all(
    clients.map(async (client, i) =>
      client.join(board, { after: 20, ticket: await world.api.ticket(`user-${i}`, board, { acl: acl(i) }) }),
    ),
  )
  assert.ok(answers.every(({ ok }) => ok))
  for (const client of clients) assert.equal(client.seqs(board).length, 20)
  assert.equal(world.api.countCalls(encodeURIComponent(board)) - before, 1)
  for (const client of clients) client.socket.disconnect()
})

test.run()
