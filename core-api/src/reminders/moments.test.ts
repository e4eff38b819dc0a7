import type { When } from '@taskflow/shared/dto/when.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { type Kind, momentOf } from './moments.ts'

const test = suite('the moments of reminders')

const day = (date: string): When => ({ date, time: null, zone: null, at: null })
const hour = (at: string, zone: string): When => ({ date: at.slice(0, 10), time: '09:00', zone, at })

const cases: [kind: Kind, due: When, zone: string | null, moment: string][] = [
  ['at_due', day('2026-11-20'), 'Europe/Lisbon', '2026-11-21T00:00:00.000Z'],
  ['overdue', day('2026-11-20'), 'Asia/Tokyo', '2026-11-20T15:00:00.000Z'],
  ['overdue', day('2026-11-20'), null, '2026-11-21T00:00:00.000Z'],
  ['due_soon', day('2026-11-20'), 'America/New_York', '2026-11-20T05:00:00.000Z'],
  // The day on which summer time begins has 23 hours, the one on which it ends 25.
  ['due_soon', day('2026-03-29'), 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
  ['overdue', day('2026-03-29'), 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
  ['overdue', day('2026-10-25'), 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  // In Beirut it begins at midnight: that day starts at one.
  ['overdue', day('2026-03-28'), 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
  ['15m', hour('2026-11-20T09:00:00.000Z', 'Europe/London'), 'Asia/Tokyo', '2026-11-20T08:45:00.000Z'],
  ['1h', hour('2026-11-20T09:00:00.000Z', 'Europe/London'), null, '2026-11-20T08:00:00.000Z'],
  // A day before nine is nine, also over a change of the clocks.
  ['1d', hour('2026-03-29T07:00:00.000Z', 'Europe/Berlin'), null, '2026-03-28T08:00:00.000Z'],
  ['1w', hour('2026-10-26T08:00:00.000Z', 'Europe/Berlin'), null, '2026-10-19T07:00:00.000Z'],
]

for (const [kind, due, zone, moment] of cases) {
  test(`${kind} of ${due.at ?? due.date} is ${moment} in ${zone ?? 'no zone'}`, () => {
    assert.equal(momentOf(kind, due, zone), moment)
  })
}

test('without a due date there is none', () => assert.equal(momentOf('1h', null, 'Europe/Lisbon'), null))

test.run()
