import type { ChecklistItem } from '@taskflow/shared/dto/task.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { addItems, dropItems, linesOf, moveItem, progressOf, rewriteItem, tickItem } from './checklist.ts'

const test = suite('a checklist')

const item = (id: string, more: Partial<ChecklistItem> = {}): ChecklistItem => ({
  id,
  text: id,
  done: false,
  kind: 'step',
  ...more,
})
const list = [item('a'), item('x', { kind: 'criterion' }), item('b'), item('c', { done: true })]
const ids = (items: ChecklistItem[]) => items.map(({ id }) => id).join('')

test('ticking and rewriting change one item', () => {
  assert.deepEqual(tickItem('a', true)(list)[0], item('a', { done: true }))
  assert.deepEqual(rewriteItem('b', 'B')(list)[2], item('b', { text: 'B' }))
  assert.deepEqual(progressOf(list), { done: 1, total: 4 })
  assert.equal(progressOf([]), null)
})

test('an item moves among those of its kind', () => {
  assert.equal(ids(moveItem('b', -1)(list)), 'baxc')
  assert.equal(ids(moveItem('a', 1)(list)), 'xbac')
  assert.equal(moveItem('c', 1)(list), list)
  assert.equal(moveItem('gone', 1)(list), list)
})

test('what was dropped comes back once, where it was', () => {
  const without = dropItems(['x'])(list)
  assert.equal(ids(without), 'abc')
  assert.equal(ids(addItems([list[1]!], 1)(without)), 'axbc')
  assert.equal(ids(addItems([list[1]!], 1)(list)), 'axbc')
})

test('a pasted list becomes items', () => {
  assert.deepEqual(linesOf('- [ ] One\n * Two\n\n3. Three\nFour'), ['One', 'Two', 'Three', 'Four'])
})

test.run()
