import { assert, suite } from '@taskflow/tools/suite.ts'
import { agoWords } from './ago.ts'

const test = suite('how long ago')

const now = Date.parse('2026-11-20T12:00:00Z')
const say = (at: string) => agoWords(at, now, 'en-GB', 'UTC')

test('near times are said by their distance, farther ones by their date', () => {
  assert.equal(say('2026-11-20T11:59:30Z'), 'now')
  assert.equal(say('2026-11-20T11:55:00Z'), '5 minutes ago')
  assert.equal(say('2026-11-20T09:00:00Z'), '3 hours ago')
  assert.equal(say('2026-11-18T09:00:00Z'), '2 days ago')
  assert.equal(say('2026-10-01T09:00:00Z'), '1 Oct')
  assert.equal(say('2025-10-01T09:00:00Z'), '1 Oct 2025')
})

test('what is ahead is in so and so long', () => {
  assert.equal(say('2026-11-20T12:30:00Z'), 'in 30 minutes')
  assert.equal(say('2026-11-21T13:00:00Z'), 'tomorrow')
})

test.run()
