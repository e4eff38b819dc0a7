import { assert, suite } from '@taskflow/tools/suite.ts'
import { stepped } from './stepping.ts'

const test = suite('one place up or down')

const cards = ['a', 'b', 'c'].map((id) => ({ id }))

test('up is before the card above, down is before the second one below', () => {
  assert.deepEqual(stepped(cards, 'b', -1), { before: 'a' })
  assert.deepEqual(stepped(cards, 'a', 1), { before: 'c' })
})

test('below the last is the end', () => {
  assert.deepEqual(stepped(cards, 'b', 1), { before: null })
})

test('the first goes no higher, the last no lower, and one that is not shown nowhere', () => {
  assert.equal(stepped(cards, 'a', -1), null)
  assert.equal(stepped(cards, 'c', 1), null)
  assert.equal(stepped(cards, 'x', 1), null)
})

test.run()
