import { boardStream } from '@taskflow/shared/names.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createWorld, type World } from './testing/world.ts'

const test = suite('hearing a stream')
let world: World

test.before(async () => {
  world = await createWorld()
  await world.startNode()
})
test.after(() => world.close())

const newBoard = () => boardStream(newId())

test('who joined hears each new fact once, and nobody else does', async () => {
  const board = newBoard()
  const [ada, ben, stranger] = await Promise.all(['ada', 'ben', 'eve'].map((name) => world.connect(name)))
  assert.deepEqual(await ada!.join(board), { stream: board, ok: true, head: 0 })
  assert.equal((await ben!.join(board)).ok, true)
  await world.act(board)
  await world.act(board)
  await Promise.all([ada!.hears(board, 2), ben!.hears(board, 2)])
  assert.deepEqual(
    [ada!.seqs(board), ben!.seqs(board)],
    [
      [1, 2],
      [1, 2],
    ],
  )
  await stranger!.flush()
  assert.deepEqual(stranger!.heard.events, [])
})

test('the envelope arrives as it was published', async () => {
  const board = newBoard()
  const ada = await world.connect('ada')
  await ada.join(board)
  const text = world.api.commit(board, 'task.created', { id: newId(), title: 'Grüße ☕ "quoted" \\ \u2028', n: 1e21 })
  await world.publish(board, text)
  await ada.hears(board, 1)
  assert.equal(JSON.stringify(ada.heard.events[0]), JSON.stringify(JSON.parse(text)))
})

test('what was missed comes before the answer, and then the stream goes on', async () => {
  const board = newBoard()
  for (let i = 0; i < 5; i++) world.api.commit(board)
  const ada = await world.connect('ada')
  const answer = await ada.join(board, { after: 2 })
  assert.deepEqual(answer, { stream: board, ok: true, head: 5 })
  assert.deepEqual(ada.seqs(board), [3, 4, 5])
  await world.act(board)
  await ada.hears(board, 6)
  assert.deepEqual(ada.seqs(board), [3, 4, 5, 6])
})

test.run()
