import { assert, suite } from '@taskflow/tools/suite.ts'
import type { When } from '@taskflow/shared/dto/when.ts'
import { vectors } from '@taskflow/shared/recurrence/testing/vectors.ts'
import fc from 'fast-check'
import { toWhen } from '../tasks/when.ts'
import { datesAfter } from './dates.ts'
import { listOccurrences, nextOccurrence } from './occurrences.ts'
import { previewDates } from './previewing.ts'
import { parseRule } from '@taskflow/shared/recurrence/parsing.ts'

const test = suite('occurrences')
const say = ({ date, at }: When) => at ?? date

for (const { name, dates, ends, start, anchor = 'due', ...rest } of vectors) {
  test(name, () => {
    const due = toWhen(start, 'start', rest.zone)!
    const found = previewDates({ ...rest, anchor, due, count: ends ? dates.length + 3 : dates.length })
    assert.deepEqual(found.map(say), dates)
  })
}

const DAY = fc.integer({ min: 0, max: 40_000 }).map((days) => Temporal.PlainDate.from('1990-01-01').add({ days }))
const MONTHLY = fc.record({
  start: DAY,
  interval: fc.integer({ min: 1, max: 30 }),
  day: fc.integer({ min: 1, max: 31 }),
})

test('monthly, whatever the day and the interval: one in each month of its turn, on that day or the last', () => {
  fc.assert(
    fc.property(MONTHLY, ({ start, interval, day }) => {
      const rule = parseRule(`FREQ=MONTHLY;INTERVAL=${interval};BYMONTHDAY=${day}`)
      const found = [...take(datesAfter(rule, start.toString(), start.toString()), 8)]
      const first = start.toPlainYearMonth()
      const expected = Array.from({ length: 10 }, (_, i) => {
        const month = first.add({ months: i * interval })
        return month.toPlainDate({ day: Math.min(day, month.daysInMonth) }).toString()
      }).filter((date) => date > start.toString())
      assert.deepEqual(found, expected.slice(0, 8))
    }),
  )
})

test('by completion a rule of some months goes on also when it is done in a month that is never its turn', () => {
  const next = (rrule: string, doneOn: string) => {
    const start = { date: '2026-01-10', time: null }
    const done = new Date(`${doneOn}T10:00:00Z`)
    return nextOccurrence({ rrule, zone: 'UTC', anchor: 'completion', start }, { date: start.date, index: 1 }, done)
      ?.date
  }
  assert.equal(next('FREQ=MONTHLY;INTERVAL=2;BYMONTH=1,3,5', '2026-02-10'), '2026-03-10')
  assert.equal(next('FREQ=MONTHLY;INTERVAL=2;BYMONTH=1,3,5', '2026-01-10'), '2026-03-10')
  assert.equal(next('FREQ=MONTHLY;INTERVAL=2;BYMONTH=1,3,5', '2026-06-30'), '2027-01-30')
  assert.equal(next('FREQ=MONTHLY;INTERVAL=12;BYMONTH=2', '2026-03-31'), '2027-02-28')
  assert.equal(next('FREQ=MONTHLY;INTERVAL=12;BYMONTH=1;BYMONTHDAY=1,31', '2026-02-10'), '2027-01-01')
  assert.equal(next('FREQ=MONTHLY;INTERVAL=2;BYMONTH=1,3;BYDAY=-1FR', '2026-02-10'), '2026-03-27')
})

test('every day in every zone, whatever the clocks do: each day once, at that time or later', () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
  fc.assert(
    fc.property(zones, DAY, fc.integer({ min: 0, max: 1439 }), (zone, day, minutes) => {
      const time = Temporal.PlainTime.from('00:00').add({ minutes }).toString().slice(0, 5)
      const start = { date: day.toString(), time }
      const found = [...take(listOccurrences({ rrule: 'FREQ=DAILY', zone, anchor: 'due', start }), 400)]
      found.forEach(({ date, due }, i) => {
        assert.equal(date, day.add({ days: i }).toString())
        assert.ok(i === 0 || due.at! >= found[i - 1]!.due.at!)
        assert.ok(`${due.date}T${due.time}` >= `${date}T${time}`)
      })
    }),
    { numRuns: 60 },
  )
})

function* take<T>(all: Iterable<T>, count: number): Generator<T> {
  for (const one of all) {
    if (count-- === 0) return
    yield one
  }
}

test.run()
