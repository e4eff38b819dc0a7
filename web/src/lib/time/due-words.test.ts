import { assert, suite } from '@taskflow/tools/suite.ts'
import { daysBetween, daysLater } from './days.ts'
import { dueWords } from './due-words.ts'
import { dayIn } from './zones.ts'

const test = suite('dates in words')

const moment = {
  zone: 'UTC',
  today: '2026-11-20',
  iso: '2026-11-20T12:00:00.000Z',
  locale: 'en-GB',
  overdue: (when: string) => `overdue, ${when}`,
}
const day = (date: string) => ({ date, time: null, zone: null, at: null })
const say = (date: string, isClosed = false) => {
  const { text, tone } = dueWords(day(date), isClosed, moment)
  return [text, tone]
}

test('near days are named, farther ones are weekdays and dates', () => {
  assert.deepEqual(say('2026-11-20'), ['today', 'amber'])
  assert.deepEqual(say('2026-11-21'), ['tomorrow', 'amber'])
  assert.deepEqual(say('2026-11-24'), ['Tue', undefined])
  assert.deepEqual(say('2026-12-24'), ['24 Dec', undefined])
  assert.deepEqual(say('2027-12-24'), ['24 Dec 2027', undefined])
})

test('what is late says so, unless it is closed', () => {
  assert.deepEqual(say('2026-11-19'), ['overdue, yesterday', 'red'])
  assert.deepEqual(say('2026-11-19', true), ['yesterday', undefined])
})

test('a time of today is late from its minute on', () => {
  const due = { date: '2026-11-20', time: '11:30', zone: 'UTC', at: '2026-11-20T11:30:00.000Z' }
  assert.equal(dueWords(due, false, moment).text, 'overdue, today 11:30')
  assert.equal(dueWords({ ...due, at: '2026-11-20T12:30:00.000Z' }, false, moment).tone, 'amber')
})

test('whoever lives elsewhere reads a time by their own clock, on their own day', () => {
  const due = { date: '2026-11-21', time: '01:00', zone: 'Asia/Tokyo', at: '2026-11-20T16:00:00.000Z' }
  const { text, exact } = dueWords(due, false, moment)
  assert.deepEqual([text, exact], ['today 16:00', 'Friday, 20 November 2026, 16:00 (UTC)'])
  assert.match(dueWords(due, false, { ...moment, zone: 'Asia/Tokyo', today: '2026-11-21' }).text, /^today 0?1:00$/)
})

test('a day is the one of the zone', () => {
  const at = Date.parse('2026-11-20T23:30:00Z')
  assert.equal(dayIn('UTC', at), '2026-11-20')
  assert.equal(dayIn('Asia/Tokyo', at), '2026-11-21')
})

test('days are counted over months and clock changes', () => {
  assert.equal(daysLater('2026-12-31', 1), '2027-01-01')
  assert.equal(daysBetween('2026-03-28', '2026-03-30'), 2)
})

test.run()
