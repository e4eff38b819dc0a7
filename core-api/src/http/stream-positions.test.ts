import { assert, suite } from '@taskflow/tools/suite.ts'
import { namedPositions } from './stream-positions.ts'

const test = suite('the positions that an answer names')

test('are those of the board, of its workspace and of one’s own stream', () => {
  assert.equal(namedPositions('b:1=7, u:me=2, w:1=3', 'me'), 'b:1=7, u:me=2, w:1=3')
  assert.equal(namedPositions('b:1=7, b:2=9', 'me'), 'b:1=7, b:2=9')
  assert.equal(namedPositions('', 'me'), '')
})

test('are never those of other people', () => {
  assert.equal(namedPositions('u:me=2, u:meagain=1, u:you=3, w:1=3', 'me'), 'u:me=2, w:1=3')
})

test('are not those of every board when the act is about the workspace', () => {
  assert.equal(namedPositions('b:1=7, b:2=9, u:you=1, w:1=3', 'me'), 'w:1=3')
})

test.run()
