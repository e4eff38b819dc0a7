import { assert, suite } from '@taskflow/tools/suite.ts'
import { measure } from './measuring.ts'

const test = suite('the measures of a picture')

const PICTURES: Record<string, string> = {
  'image/png': '89504e470d0a1a0a 0000000d 49484452 00000300 00000200',
  'image/gif': '474946383961 0003 0002',
  'image/jpeg': 'ffd8 ffe00010 4a46494600010100000100010000 ffff ffc40003 00 ffc2 0011 08 0200 0300',
  'image/webp': '52494646 00000000 57454250 56503820 00000000 000000 9d012a 0043 0042',
}
const LOSSLESS = '52494646 00000000 57454250 5650384c 00000000 2f ffc27f00'
const EXTENDED = '52494646 00000000 57454250 56503858 0a000000 00000000 ff0200 ff0100'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const LARGE = { width: 768, height: 512 }

test('are read from its head, of each kind', () => {
  for (const [type, head] of Object.entries(PICTURES)) assert.deepEqual(measure(type, bytes(head)), LARGE, type)
  for (const head of [LOSSLESS, EXTENDED]) assert.deepEqual(measure('image/webp', bytes(head)), LARGE, head)
})

test('are unknown while it is cut off, or is something else inside', () => {
  for (const [type, head] of Object.entries(PICTURES)) {
    assert.equal(measure(type, bytes(head).subarray(0, -1)), undefined, type)
    assert.equal(measure(type, Buffer.concat([bytes(head).subarray(0, 3), Buffer.alloc(2)])), undefined, type)
  }
  assert.equal(measure('image/jpeg', bytes('ffd8 0000')), undefined)
  assert.equal(measure('image/webp', bytes('52494646 00000000 57454250 414c5048 00000000')), undefined)
})

test.run()
