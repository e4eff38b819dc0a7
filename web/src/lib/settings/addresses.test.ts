import { assert, suite } from '@taskflow/tools/suite.ts'
import { readAddresses } from './addresses.ts'

const test = suite('addresses to invite')

test('a pasted list is taken apart however it is written, and each address once', () => {
  const text = 'ada@example.org, Ben Costa <ben@example.org>;\ncleo@example.org dan@example.org\n ADA@example.org'
  assert.deepEqual(readAddresses(text), {
    addresses: ['ADA@example.org', 'ben@example.org', 'cleo@example.org', 'dan@example.org'],
    wrong: null,
  })
})

test('what is no address is named', () => {
  assert.equal(readAddresses('ada@example.org, ben@').wrong, 'ben@')
  assert.equal(readAddresses('ben costa').wrong, 'ben costa')
})

test('nothing is no address and no fault', () => {
  assert.deepEqual(readAddresses(' \n, '), { addresses: [], wrong: null })
})

test.run()
