import { dropItem, putItem } from '@taskflow/shared/board/checklist.ts'
import type { ChecklistItem } from '@taskflow/shared/dto/task.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import {
  addItems,
  countsOf,
  type Deed,
  type ItemChange,
  linesOf,
  moveItem,
  removeItem,
  rewriteItem,
  tickItem,
} from './checklist.ts'

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

const apply = (items: ChecklistItem[], changes: ItemChange[]) =>
  changes.reduce((all, { itemId, wish }) => (wish ? putItem(all, itemId, wish) : dropItem(all, itemId)), items)
/** The list after a deed, and after it was taken back from what somebody else made of the list meanwhile. */
function through({ changes, back }: Deed, meanwhile = (items: ChecklistItem[]) => items) {
  const done = apply(list, changes)
  const now = meanwhile(done)
  return { done, undone: apply(now, back(now)) }
}

test('ticking and rewriting name one item and what changes of it, and are taken back alone', () => {
  const others = (items: ChecklistItem[]) => [...putItem(items, 'b', { done: true }), item('n')]
  const ticked = through(tickItem(list[0]!, true), others)
  assert.deepEqual(ticked.done[0], item('a', { done: true }))
  assert.deepEqual(ticked.undone, others(list))
  assert.deepEqual(through(rewriteItem(list[2]!, 'B'), others).undone, others(list))
  assert.deepEqual(rewriteItem(list[1]!, 'X').changes, [{ itemId: 'x', wish: { text: 'X', kind: 'criterion' } }])
})

test('taking back does not bring back what somebody removed', () => {
  const gone = (items: ChecklistItem[]) => dropItem(items, 'b')
  assert.equal(ids(through(rewriteItem(list[2]!, 'B'), gone).undone), 'axc')
  assert.equal(ids(through(moveItem(list[2]!, 1, list)!, gone).undone), 'axc')
})

test('an item moves among those of its kind, and back', () => {
  const moved = (at: number, step: 1 | -1) => through(moveItem(list[at]!, step, list)!)
  assert.equal(ids(moved(2, -1).done), 'baxc')
  assert.equal(ids(moved(0, 1).done), 'xbac')
  for (const { undone } of [moved(2, -1), moved(0, 1), moved(2, 1), moved(3, -1)]) assert.equal(ids(undone), 'axbc')
  assert.equal(moveItem(list[3]!, 1, list), null)
  assert.equal(moveItem(list[1]!, 1, list), null)
})

test('what was removed comes back as it was, below the nearest that is still above', () => {
  const { done, undone } = through(removeItem(list[3]!, list), (items) => dropItem(items, 'b'))
  assert.equal(ids(done), 'axb')
  assert.deepEqual(undone, [list[0], list[1], list[3]])
  assert.equal(ids(through(removeItem(list[0]!, list)).undone), 'axbc')
})

test('what was added is taken away, and nothing else', () => {
  const { done, undone } = through(addItems([item('n'), item('m')]), (items) => putItem(items, 'o', { text: 'o' }))
  assert.equal(ids(done), 'axbcnm')
  assert.equal(ids(undone), 'axbco')
})

test('a change says what it adds to the counts', () => {
  const counts = (itemId: string, wish: ItemChange['wish']) => Object.values(countsOf(list, { itemId, wish })).join()
  assert.deepEqual(counts('a', { done: true }), '1,0')
  assert.deepEqual(counts('c', { done: true }), '0,0')
  assert.deepEqual(counts('n', { text: 'n', done: false }), '0,1')
  assert.deepEqual(counts('c', null), '-1,-1')
})

test('a pasted list becomes items', () => {
  assert.deepEqual(linesOf('- [ ] One\n * Two\n\n3. Three\nFour'), ['One', 'Two', 'Three', 'Four'])
})

test.run()
