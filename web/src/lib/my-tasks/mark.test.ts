import { assert, suite } from '@taskflow/tools/suite.ts'
import { isClosedNow } from './mark.ts'

const test = suite('what is checked off among my tasks')

const open = (version: number) => ({ closedAt: null, version })

test('a check shows at once, and until the list knows of it', () => {
  assert.equal(isClosedNow(open(3), { isClosed: true }), true)
  assert.equal(isClosedNow(open(3), { isClosed: true, version: 4 }), true)
  assert.equal(isClosedNow({ closedAt: '2026-11-20T12:00:00.000Z', version: 4 }, { isClosed: true, version: 4 }), true)
})

test('what somebody opened again afterwards is open', () => {
  assert.equal(isClosedNow(open(5), { isClosed: true, version: 4 }), false)
})

test('without a mark the list is right', () => {
  assert.equal(isClosedNow(open(1), undefined), false)
})

test.run()
