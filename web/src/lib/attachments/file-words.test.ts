import { assert, suite } from '@taskflow/tools/suite.ts'
import { isPicture, sizeWords } from './file-words.ts'

const test = suite('files in words')

test('sizes are said in the unit that fits', () => {
  assert.equal(sizeWords(12, 'en'), '12 bytes')
  assert.equal(sizeWords(2048, 'en'), '2 kB')
  assert.equal(sizeWords(1_500_000, 'en'), '1.4 MB')
  assert.equal(sizeWords(1_500_000, 'de'), '1,4 MB')
})

test('only what a browser paints without running it is a picture', () => {
  assert.ok(isPicture('image/png'))
  assert.ok(!isPicture('image/svg+xml'))
})

test.run()
