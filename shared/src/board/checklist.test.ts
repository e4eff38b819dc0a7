import { assert, suite } from '@taskflow/tools/suite.ts'
import type { ChecklistItem } from '../dto/task.ts'
import { dropItem, type ItemWish, progressOf, putItem } from './checklist.ts'

const test = suite('one item of a checklist')

const item = (id: string, more: Partial<ChecklistItem> = {}): ChecklistItem => ({
  ...{ id, text: id, done: false, kind: 'step' },
  ...more,
})
const list = [item('a'), item('b', { kind: 'criterion' }), item('c', { done: true })]
const order = (items: ChecklistItem[]) => items.map(({ id }) => id).join('')
const placed = (id: string, wish: ItemWish) => order(putItem(list, id, wish))

test('changes in what is named, and stays where it is', () => {
  assert.deepEqual(putItem(list, 'b', { done: true })[1], item('b', { kind: 'criterion', done: true }))
  assert.deepEqual(putItem(list, 'c', { text: 'C' })[2], item('c', { text: 'C', done: true }))
  assert.deepEqual(putItem(list, 'a', {}), list)
})

test('comes with its text, at the end unless it is wanted elsewhere', () => {
  assert.deepEqual(putItem(list, 'n', { text: 'New' })[3], item('n', { text: 'New' }))
  assert.equal(placed('n', { text: 'New', after: null }), 'nabc')
  assert.equal(placed('n', { text: 'New', after: 'gone' }), 'abcn')
  assert.equal(putItem(list, 'n', { done: true }), list)
})

test('goes next to a neighbour, to the top or the end, and nowhere if the neighbour has gone', () => {
  assert.equal(placed('a', { after: 'b' }), 'bac')
  assert.equal(placed('c', { before: 'a' }), 'cab')
  assert.equal(placed('b', { after: null }), 'bac')
  assert.equal(placed('b', { before: null }), 'acb')
  assert.equal(placed('b', { before: 'gone' }), 'abc')
  assert.equal(placed('b', { after: 'b' }), 'abc')
})

test('goes, and is counted no longer', () => {
  assert.equal(order(dropItem(list, 'b')), 'ac')
  assert.deepEqual(progressOf(dropItem(list, 'b')), { done: 1, total: 2 })
  assert.equal(progressOf([]), null)
})

test.run()
