import { sayRecurrence } from '@taskflow/shared/recurrence/saying.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { draftOf, endless, presetsOf, ruleOf } from './drafting.ts'

const test = suite('putting a rule together')
const FRIDAY = '2026-11-27'

test('what is offered fits the date, and says so', () => {
  assert.deepEqual(
    presetsOf(FRIDAY).map((rrule) => sayRecurrence({ rrule }, 'en')),
    [
      'every day',
      'every weekday',
      'every week on Fri',
      'every 2 weeks on Fri',
      'every month on the 27th',
      'every month on the fourth Friday',
      'every month on the last Friday',
      'every month on the last day',
      'every year on the 27th of November',
    ],
  )
})

test('a fifth Tuesday is only the last one, and a tenth is not among the last', () => {
  const said = (date: string) => presetsOf(date).map((rrule) => sayRecurrence({ rrule }, 'en'))
  assert.ok(!said('2026-12-29').some((words) => /fifth|undefined/.test(words)))
  assert.ok(said('2026-12-29').includes('every month on the last Tuesday'))
  assert.ok(!said('2026-11-10').some((words) => words.includes('last Tuesday')))
})

test('every rule on offer, and one of its own, comes back from its draft as it was', () => {
  const own = ['FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH;UNTIL=20270301', 'FREQ=DAILY;INTERVAL=4;COUNT=7']
  for (const rrule of [...presetsOf(FRIDAY), ...own]) assert.equal(ruleOf(draftOf(rrule, FRIDAY), FRIDAY), rrule)
})

test('numbers that make no sense are brought within what a rule may have', () => {
  const draft = { ...draftOf(null, FRIDAY), interval: 0, end: 'count' as const, count: 5000 }
  assert.equal(ruleOf(draft, FRIDAY), 'FREQ=WEEKLY;BYDAY=FR;COUNT=999')
})

test('an end does not make it another rule', () => {
  assert.equal(endless('FREQ=DAILY;COUNT=3'), 'FREQ=DAILY')
})

test.run()
