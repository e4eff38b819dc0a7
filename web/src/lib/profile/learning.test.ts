import { assert, suite } from '@taskflow/tools/suite.ts'
import { whatToTell } from './learning.ts'

const test = suite('what the server learns from a device')

const unknown = { timeZone: null, locale: null }

test('the zone of the device, as long as none is chosen', () => {
  const here = { timeZone: 'America/New_York', locale: 'en' } as const
  assert.deepEqual(whatToTell(unknown, here), { timeZone: 'America/New_York' })
  assert.equal(whatToTell({ timeZone: 'Asia/Tokyo', locale: null }, here), null)
})

test('the language of the screen, whenever mail would come in another', () => {
  const here = { timeZone: 'UTC', locale: 'de' } as const
  assert.deepEqual(whatToTell(unknown, here), { locale: 'de' })
  assert.equal(whatToTell({ timeZone: null, locale: 'de-AT' }, here), null)
  assert.deepEqual(whatToTell({ timeZone: 'UTC', locale: 'de-AT' }, { ...here, locale: 'en' }), { locale: 'en' })
})

test('nothing where it knows', () => {
  assert.equal(whatToTell(unknown, { timeZone: 'UTC', locale: 'en' }), null)
  assert.equal(whatToTell({ timeZone: null, locale: 'pt-PT' }, { timeZone: 'UTC', locale: 'en' }), null)
})

test.run()
