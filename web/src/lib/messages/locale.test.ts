import { assert, suite } from '@taskflow/tools/suite.ts'
import { chooseLocale } from './locale.ts'

const test = suite('choosing a language')

test('a chosen language wins over the browser', () => {
  assert.equal(chooseLocale('de', 'en-GB,en;q=0.9'), 'de')
})

test('without a choice the first language that we speak is taken, by weight', () => {
  assert.equal(chooseLocale(undefined, 'fr-CH, fr;q=0.9, en;q=0.4, de;q=0.7, *;q=0.1'), 'de')
})

test('a language refused by weight zero is not taken', () => {
  assert.equal(chooseLocale(undefined, 'de;q=0, en;q=0.2'), 'en')
})

test('an unknown cookie or a missing header means English', () => {
  assert.equal(chooseLocale('xx', null), 'en')
})

test.run()
