import { assert, suite } from '@taskflow/tools/suite.ts'
import { monthsLater, weeksOf } from './month.ts'

const test = suite('months of the calendar')

test('a month is shown in whole weeks', () => {
  const weeks = weeksOf('2026-11', 1)
  assert.equal(weeks[0]![0], '2026-10-26')
  assert.equal(weeks.at(-1)!.at(-1), '2026-12-06')
  assert.equal(weeks.length, 6)
})

test('where weeks begin on Sunday they do here', () => {
  assert.equal(weeksOf('2026-11', 7)[0]![0], '2026-11-01')
})

test('December is followed by January', () => {
  assert.deepEqual(
    weeksOf('2026-12', 1).at(-1),
    ['28', '29', '30', '31'].map((d) => `2026-12-${d}`).concat('2027-01-01', '2027-01-02', '2027-01-03'),
  )
  assert.equal(monthsLater('2026-12', 1), '2027-01')
  assert.equal(monthsLater('2027-01', -1), '2026-12')
})

test.run()
