import type { TaskCard } from '@taskflow/shared/dto/task.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { type Related, relationsOf } from './relations.ts'

const test = suite('what waits for what')

const card = (id: string, blockedByIds: string[] = []) =>
  ({ id, title: id, boardId: 'b', blockedByIds, closedAt: null }) as unknown as TaskCard
const away = (id: string, blockedByIds: string[] = []): Related => ({
  id,
  key: id,
  title: id,
  isClosed: false,
  boardId: 'c',
  blockedByIds,
})
const ids = (all: Related[]) => all.map(({ id }) => id)

test('the board says what is so now, and what was read says it of other boards', () => {
  const task = card('t', ['a', 'far'])
  const read = {
    blockedBy: [away('far'), { ...away('old'), boardId: 'b' }],
    blocks: [away('after', ['t']), { ...away('x', ['t']), boardId: 'b' }],
  }
  const sides = relationsOf(task, 'b', [task, card('a'), card('n', ['t'])], ({ id }) => id, read)
  assert.deepEqual(ids(sides.blockedBy), ['a', 'far'])
  assert.deepEqual(ids(sides.blocks), ['n', 'after'])
})

test('what nobody knows the title of is not shown', () => {
  const sides = relationsOf(card('t', ['hidden']), 'b', [], ({ id }) => id, { blockedBy: [], blocks: [] })
  assert.deepEqual(sides, { blockedBy: [], blocks: [] })
})

test.run()
