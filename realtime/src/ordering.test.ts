import { boardStream } from '@taskflow/shared/names.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { FACTS_BEHIND_LIMIT, RING_LIMIT_BYTES } from './limits.ts'
import { createWorld, type World } from './testing/world.ts'

const test = suite('order of facts')
let world: World
let seldomAsking: { url: string }
let calm: { url: string }

test.before(async () => {
  world = await createWorld()
  await world.startNode({ headsEveryMs: 300, checkHeadsEveryMs: 300 })
  seldomAsking = await world.startNode({ checkHeadsEveryMs: 60_000 })
  calm = await world.startNode({ checkHeadsEveryMs: 60_000, gapPatienceMs: 3_000 })
})
test.after(() => world.close())

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)
const joined = async (node?: { url: string }) => {
  const board = boardStream(newId())
  const ada = await world.connect('ada', node)
  await ada.join(board)
  const commit = (count: number) => upTo(count).map(() => world.api.commit(board))
  return { board, ada, commit, calls: () => world.api.countCalls(`/${encodeURIComponent(board)}/`) }
}

test('facts that are published in any order, some twice, are heard once each in order', async () => {
  const { board, ada, commit, calls } = await joined(calm)
  const before = calls()
  const texts = commit(6)
  for (const i of [1, 1, 0, 0, 4, 2, 3, 0, 5, 5]) await world.publish(board, texts[i]!)
  await ada.hears(board, 6)
  assert.deepEqual(ada.seqs(board), upTo(6))
  assert.equal(calls(), before)
})

test('a lost message is fetched once, a moment after the next one', async () => {
  const { board, ada, commit, calls } = await joined(seldomAsking)
  const before = calls()
  const texts = commit(5)
  for (const i of [0, 2, 4]) await world.publish(board, texts[i]!)
  await ada.hears(board, 5)
  assert.deepEqual(ada.seqs(board), upTo(5))
  assert.equal(calls(), before + 1)
})

test('a lost last message, which no gap reveals, is found by asking for the head', async () => {
  const { board, ada, commit } = await joined()
  commit(2)
  await ada.hears(board, 2)
  assert.deepEqual(ada.seqs(board), upTo(2))
})

test('heads tell where the joined streams stand, and only these', async () => {
  const { board, ada, commit } = await joined()
  const other = boardStream(newId())
  await ada.join(other)
  await ada.leave(other)
  ada.heard.heads.length = 0
  await world.publish(board, commit(1)[0]!)
  await ada.until(() => ada.heard.heads.some((heads) => heads[board] === 1))
  assert.deepEqual(Object.keys(ada.heard.heads.at(-1)!), [board])
})

test('a burst leaves in fewer frames than facts, still whole and in order', async () => {
  const { board, ada, commit } = await joined()
  await Promise.all(commit(300).map((text) => world.publish(board, text)))
  await ada.hears(board, 300)
  assert.deepEqual(ada.seqs(board), upTo(300))
  assert.ok(ada.heard.frames.length < 100, `${ada.heard.frames.length} frames`)
})

test('what is no fact of the stream is dropped', async () => {
  const { board, ada, commit } = await joined()
  const [text] = commit(1)
  await world.publish(board, 'no JSON')
  await world.publish(board, '{"seq":1}')
  await world.publish(board, text!.replace(board, boardStream(newId())))
  await world.publish(board, text!)
  await ada.hears(board, 1)
  assert.equal(ada.heard.events[0]!.stream, board)
})

test('an envelope whose keys come in another order is understood too', async () => {
  const { board, ada, commit } = await joined()
  const entries = Object.entries(JSON.parse(commit(1)[0]!)).toReversed()
  await world.publish(board, JSON.stringify(Object.fromEntries(entries)))
  await ada.hears(board, 1)
})

test('a straggler of another epoch is dropped; when history was rewritten, sockets come back and are told', async () => {
  const { board, ada, commit } = await joined()
  const [text] = commit(1)
  await world.publish(board, text!.replace('"epoch":"e1"', '"epoch":"e0"'))
  await world.publish(board, text!)
  await ada.hears(board, 1)
  world.api.historyOf(board).epoch = 'e2'
  await world.act(board)
  await ada.until(() => ada.heard.closed !== undefined)
  assert.deepEqual(ada.heard.closed, { code: 4010, reason: 'resync' })
  const back = await world.connect('ada')
  assert.deepEqual(await back.join(board, { epoch: 'e1', after: 1 }), { stream: board, ok: false, code: 'resync' })
  assert.equal((await back.join(board)).ok, true)
})

test('when the node itself is too far behind, sockets come back, are told, and hear what follows', async () => {
  const { board, ada, commit } = await joined()
  commit(FACTS_BEHIND_LIMIT + 1)
  await ada.until(() => ada.heard.closed !== undefined)
  assert.deepEqual(ada.heard.closed, { code: 4010, reason: 'resync' })
  const back = await world.connect('ada')
  const left = { epoch: 'e1', after: 0 }
  assert.deepEqual(await back.join(board, left), { stream: board, ok: false, code: 'resync' })
  assert.deepEqual(await back.join(board), { stream: board, ok: true, head: FACTS_BEHIND_LIMIT + 1 })
  await world.act(board)
  await back.hears(board, FACTS_BEHIND_LIMIT + 2)
})

test('a node that misses a few large facts does the same', async () => {
  const { board, ada } = await joined()
  const large = { text: 'x'.repeat(RING_LIMIT_BYTES / 4) }
  for (let i = 0; i < 5; i++) world.api.commit(board, 'task.updated', large)
  await ada.until(() => ada.heard.closed !== undefined)
  assert.deepEqual(ada.heard.closed, { code: 4010, reason: 'resync' })
  const back = await world.connect('ada')
  assert.equal((await back.join(board)).ok, true)
})

test.run()
