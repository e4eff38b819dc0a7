import { assert, suite } from '@taskflow/tools/suite.ts'
import { spanWords } from './span-words.ts'

const test = suite('how long something lasts')

test('less than a minute is not worth a word', () => {
  assert.equal(spanWords(59_999, 'en'), '')
})

test('the largest unit that is full, in the language of the person', () => {
  assert.equal(spanWords(3 * 60_000 + 59_000, 'en'), '3 min')
  assert.equal(spanWords(2 * 3_600_000, 'en'), '2 hr')
  assert.equal(spanWords(26 * 3_600_000, 'de'), '1 Tg.')
})

test.run()
