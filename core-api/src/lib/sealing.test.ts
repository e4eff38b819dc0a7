import { assert, suite } from '@taskflow/tools/suite.ts'
import { seal, unseal } from './sealing.ts'

const test = suite('sealing')
const old = { appSecret: 'o'.repeat(40) }
const rotated = { appSecret: 'n'.repeat(40), appSecretPrevious: old.appSecret }

test('what is sealed shows nothing, is never the same twice, and is read with the secret', () => {
  const sealed = seal(old, 'webhook', 'https://hooks.test/T0')
  assert.doesNotMatch(Buffer.from(sealed, 'base64url').toString('latin1'), /hooks/)
  assert.notEqual(sealed, seal(old, 'webhook', 'https://hooks.test/T0'))
  assert.equal(unseal(old, 'webhook', sealed), 'https://hooks.test/T0')
})

test('a changed bit, another purpose and another secret are refused', () => {
  const sealed = seal(old, 'webhook', 'text')
  const changed = Buffer.from(sealed, 'base64url')
  changed[14]! ^= 1
  assert.throws(() => unseal(old, 'webhook', changed.toString('base64url')))
  assert.throws(() => unseal(old, 'push', sealed))
  assert.throws(() => unseal({ appSecret: rotated.appSecret }, 'webhook', sealed))
})

test('after the secret was replaced the former one still reads, and the new one seals', () => {
  assert.equal(unseal(rotated, 'webhook', seal(old, 'webhook', 'text')), 'text')
  assert.equal(unseal({ appSecret: rotated.appSecret }, 'webhook', seal(rotated, 'webhook', 'text')), 'text')
})

test.run()
