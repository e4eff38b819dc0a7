import { assert, suite } from '@taskflow/tools/suite.ts'
import { hueOf, initialsOf } from './hue-of.ts'

const test = suite('how a person is drawn')

test('initials are the first letters of the first and last word', () => {
  assert.equal(initialsOf('Ada Lovelace'), 'AL')
  assert.equal(initialsOf('  ada  '), 'A')
  assert.equal(initialsOf('Juan Carlos de la Vega'), 'JV')
})

test('names outside the basic plane are not cut in half, and no name is a question mark', () => {
  assert.equal(initialsOf('𝒜da Øre'), '𝒜Ø')
  assert.equal(initialsOf(' '), '?')
})

test('a person keeps their colour', () => {
  assert.equal(hueOf('0199-a'), hueOf('0199-a'))
})

test.run()
