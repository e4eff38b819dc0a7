import { assert, suite } from '@taskflow/tools/suite.ts'
import { nextMonday } from './days.ts'
import { chosenFor, inZone, toWhen } from './when.ts'

const test = suite('dates of a task')

test('a time is meant where the person is', () => {
  assert.equal(toWhen('2026-11-20', '17:00', 'Europe/Lisbon').at, '2026-11-20T17:00:00.000Z')
  assert.equal(toWhen('2026-11-20', '17:00', 'Asia/Tokyo').at, '2026-11-20T08:00:00.000Z')
  assert.equal(toWhen('2026-07-01', '00:30', 'Europe/Berlin').at, '2026-06-30T22:30:00.000Z')
  assert.deepEqual(toWhen('2026-11-20', null, 'Asia/Tokyo'), { date: '2026-11-20', time: null, zone: null, at: null })
})

test('on the days when clocks change, the time still is what was meant', () => {
  assert.equal(toWhen('2026-03-29', '01:59', 'Europe/Berlin').at, '2026-03-29T00:59:00.000Z')
  assert.equal(toWhen('2026-03-29', '02:30', 'Europe/Berlin').at, '2026-03-29T01:30:00.000Z')
  assert.equal(toWhen('2026-03-29', '03:00', 'Europe/Berlin').at, '2026-03-29T01:00:00.000Z')
  assert.equal(toWhen('2026-10-25', '12:00', 'Europe/Berlin').at, '2026-10-25T11:00:00.000Z')
  assert.equal(toWhen('2026-11-01', '00:30', 'America/New_York').at, '2026-11-01T04:30:00.000Z')
})

test('whoever lives elsewhere reads it on their own clock', () => {
  const due = toWhen('2026-11-20', '17:00', 'Europe/Lisbon')
  assert.deepEqual(inZone(due, 'Asia/Tokyo'), { ...due, date: '2026-11-21', time: '02:00', zone: 'Asia/Tokyo' })
  const day = toWhen('2026-11-20', null, 'Europe/Lisbon')
  assert.equal(inZone(day, 'Asia/Tokyo'), day)
})

test('the next Monday is never today', () => {
  assert.equal(nextMonday('2026-11-20'), '2026-11-23')
  assert.equal(nextMonday('2026-11-23'), '2026-11-30')
})

test('one choice for several tasks: a day leaves each its own time, a time goes to all', () => {
  const zone = 'Europe/Lisbon'
  const [five, allDay] = [toWhen('2026-11-20', '17:00', zone), toWhen('2026-11-20', null, zone)]
  const friday = toWhen('2026-11-27', '17:00', zone)
  assert.deepEqual(chosenFor(five, friday, five, zone), friday)
  assert.deepEqual(chosenFor(allDay, friday, five, zone), toWhen('2026-11-27', null, zone))
  assert.deepEqual(chosenFor(null, friday, five, zone), toWhen('2026-11-27', null, zone))
  assert.deepEqual(chosenFor(five, toWhen('2026-11-27', null, zone), allDay, zone), friday)
  const noon = toWhen('2026-11-20', '12:00', zone)
  assert.deepEqual(chosenFor(allDay, noon, five, zone), noon)
  assert.equal(chosenFor(five, null, five, zone), null)
})

test.run()
