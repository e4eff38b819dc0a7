import { assert, suite } from '@taskflow/tools/suite.ts'
import { deviceOf } from './device-words.ts'

const test = suite('naming a device')

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36'

test('the browser is named by what it is, not by what it claims to be like', () => {
  assert.deepEqual(deviceOf(CHROME), { browser: 'Chrome', system: 'Windows', isPhone: false })
  assert.equal(deviceOf(`${CHROME} Edg/141.0`).browser, 'Edge')
})

test('a phone is one', () => {
  const iPhone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1'
  assert.deepEqual(deviceOf(iPhone), { browser: 'Safari', system: 'iOS', isPhone: true })
})

test('a script or nothing at all is nothing that we know', () => {
  assert.deepEqual(deviceOf('curl/8.5'), { browser: null, system: null, isPhone: false })
  assert.deepEqual(deviceOf(null), { browser: null, system: null, isPhone: false })
})

test.run()
