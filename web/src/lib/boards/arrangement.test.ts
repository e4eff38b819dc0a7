import { byPosition } from '@taskflow/shared/board/position.ts'
import type { TaskCard } from '@taskflow/shared/dto/task.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { Arrangement } from './arrangement.ts'

const test = suite('cards by column')

const card = (id: string, columnId: string, position: string) => ({ id, columnId, position }) as TaskCard
const idsIn = (arrangement: Arrangement, columnId: string) => arrangement.cardsIn(columnId).map(({ id }) => id)

test('cards lie in their columns in order', () => {
  const arrangement = new Arrangement()
  arrangement.update([card('b', 'x', 'a2'), card('c', 'y', 'a1'), card('a', 'x', 'a1')])
  assert.deepEqual(idsIn(arrangement, 'x'), ['a', 'b'])
  assert.deepEqual(idsIn(arrangement, 'y'), ['c'])
})

test('a move touches its two columns and leaves the array of every other as it was', () => {
  const arrangement = new Arrangement()
  const [a, b, c] = [card('a', 'x', 'a1'), card('b', 'y', 'a1'), card('c', 'z', 'a1')]
  arrangement.update([a, b, c])
  const before = arrangement.cardsIn('z')
  const touched = arrangement.update([{ ...a, columnId: 'y', position: 'a0' }, b, c])
  assert.deepEqual([...touched].sort(), ['x', 'y'])
  assert.deepEqual(idsIn(arrangement, 'y'), ['a', 'b'])
  assert.equal(arrangement.cardsIn('z'), before)
})

test('a card that is gone is in no column', () => {
  const arrangement = new Arrangement()
  const [a, b] = [card('a', 'x', 'a1'), card('b', 'x', 'a2')]
  arrangement.update([a, b])
  assert.deepEqual([...arrangement.update([b])], ['x'])
  assert.equal(arrangement.card('a'), undefined)
  assert.deepEqual(idsIn(arrangement, 'x'), ['b'])
})

test('after any thousand changes it is what sorting everything would give', () => {
  const arrangement = new Arrangement()
  const columns = ['x', 'y', 'z']
  let tasks: TaskCard[] = []
  const pick = (n: number) => Math.floor(Math.random() * n)
  for (let turn = 0; turn < 1000; turn++) {
    const changed = card(`t${pick(80)}`, columns[pick(3)]!, `a${pick(50)}`)
    tasks = tasks.filter(({ id }) => id !== changed.id)
    if (pick(4)) tasks.push(changed)
    arrangement.update(tasks)
  }
  for (const columnId of columns) {
    const expected = tasks.filter((task) => task.columnId === columnId).sort(byPosition)
    assert.deepEqual(arrangement.cardsIn(columnId), expected)
  }
})

test.run()
