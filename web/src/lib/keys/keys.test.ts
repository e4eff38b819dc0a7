import { assert, suite } from '@taskflow/tools/suite.ts'
import { keySigns } from './key-names.ts'
import { isCharacter, nameOf } from './pressing.ts'

const test = suite('keys')

const press = (key: string, held: object = {}) => nameOf({ key, ...held } as KeyboardEvent)

test('a letter is the same with Caps Lock, and Ctrl and Cmd are one', () => {
  assert.equal(press('C'), 'c')
  assert.equal(press('k', { ctrlKey: true }), 'mod+k')
  assert.equal(press('k', { metaKey: true }), 'mod+k')
})

test('Shift that makes another sign is not named', () => {
  assert.equal(press('?', { shiftKey: true }), '?')
  assert.equal(press('F10', { shiftKey: true }), 'shift+F10')
  assert.equal(press('z', { ctrlKey: true, shiftKey: true }), 'mod+shift+z')
})

test('the space bar has a name', () => {
  assert.equal(press(' '), 'Space')
})

test('a character alone can be told from other keys', () => {
  for (const key of ['c', '?', '/', '.']) assert.ok(isCharacter(press(key)))
  assert.ok(isCharacter(press('C', { shiftKey: true })))
  for (const key of [' ', 'Enter', 'Escape', 'ArrowUp', 'Delete']) assert.ok(!isCharacter(press(key)))
  assert.ok(!isCharacter(press('k', { ctrlKey: true })))
})

test('keys are shown as they stand on the keyboard', () => {
  assert.equal(keySigns('mod+k', false), 'Ctrl K')
  assert.equal(keySigns('mod+k', true), '⌘K')
  assert.equal(keySigns('ArrowUp', false), '↑')
  assert.equal(keySigns('c', false), 'C')
})

test.run()
