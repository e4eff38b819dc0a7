import { assert, suite } from '@taskflow/tools/suite.ts'
import { snoozeTimes } from './snooze-times.ts'

const test = suite('putting off until')

const at = (now: string, zone: string) =>
  Object.fromEntries(snoozeTimes(Date.parse(now), zone).map(({ name, at: when }) => [name, when]))

test('later is this evening, tomorrow and next week are at nine, by the person’s clock', () => {
  assert.deepEqual(at('2026-11-20T09:00:00Z', 'Europe/Berlin'), {
    later: '2026-11-20T17:00:00.000Z',
    tomorrow: '2026-11-21T08:00:00.000Z',
    nextWeek: '2026-11-23T08:00:00.000Z',
  })
})

test('in the evening later is in three hours, and near midnight there is no later today', () => {
  assert.equal(at('2026-11-20T18:00:00Z', 'UTC').later, '2026-11-20T21:00:00.000Z')
  assert.deepEqual(Object.keys(at('2026-11-20T22:30:00Z', 'UTC')), ['tomorrow', 'nextWeek'])
})

test('on a Monday next week is the Monday after', () => {
  assert.equal(at('2026-11-23T09:00:00Z', 'UTC').nextWeek, '2026-11-30T09:00:00.000Z')
})

test('the morning after a change of clocks is at nine too', () => {
  assert.equal(at('2026-10-24T12:00:00Z', 'Europe/Berlin').tomorrow, '2026-10-25T08:00:00.000Z')
  assert.equal(at('2026-03-28T12:00:00Z', 'Europe/Berlin').tomorrow, '2026-03-29T07:00:00.000Z')
})

test.run()
