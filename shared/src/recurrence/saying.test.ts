import { assert, suite } from '@taskflow/tools/suite.ts'
import { parseRule, RuleFault } from './parsing.ts'
import { formatRule } from './rule.ts'
import { sayRecurrence } from './saying.ts'
import { faults, vectors } from './testing/vectors.ts'

const test = suite('recurrence rules')

test('are said in both languages', () => {
  for (const { rrule, anchor, en, de } of vectors) {
    assert.equal(sayRecurrence({ rrule, anchor }, 'en'), en)
    assert.equal(sayRecurrence({ rrule, anchor }, 'de'), de)
  }
})

test('are kept in one spelling, which means the same', () => {
  for (const { rrule, kept = rrule } of vectors) {
    assert.equal(formatRule(parseRule(rrule)), kept)
    assert.deepEqual(parseRule(kept), parseRule(rrule))
  }
})

test('that are none are refused, in words', () => {
  for (const [rrule, words] of faults) {
    assert.throws(
      () => parseRule(rrule),
      (fault) => fault instanceof RuleFault && words.test(fault.message),
      rrule,
    )
  }
})

test('are said also where they are rare', () => {
  const said = (rrule: string) => [sayRecurrence({ rrule }, 'en'), sayRecurrence({ rrule }, 'de')]
  assert.deepEqual(said('FREQ=YEARLY;BYMONTH=3,9;BYDAY=2SU'), [
    'every year on the second Sunday in March and September',
    'jedes Jahr am zweiten Sonntag im März und September',
  ])
  assert.deepEqual(said('FREQ=MONTHLY;BYMONTHDAY=-2,1'), [
    'every month on the 2nd to last day and 1st',
    'jeden Monat am vorletzten Tag und 1.',
  ])
  assert.deepEqual(said('FREQ=MONTHLY;BYDAY=-2FR'), [
    'every month on the second to last Friday',
    'jeden Monat am vorletzten Freitag',
  ])
  assert.deepEqual(said('FREQ=WEEKLY;COUNT=1'), ['every week, once', 'jede Woche, 1-mal'])
})

test.run()
