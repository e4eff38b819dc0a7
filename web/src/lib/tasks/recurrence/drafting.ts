import { parseRule } from '@taskflow/shared/recurrence/parsing.ts'
import {
  COUNT_LIMIT,
  formatRule,
  type Frequency,
  INTERVAL_LIMIT,
  type Rule,
  type Weekday,
  WEEKDAYS,
} from '@taskflow/shared/recurrence/rule.ts'

/** Which day of a month: its number, as the second Tuesday, as the last Tuesday, or the last one. */
export const DAYS_IN_MONTH = ['date', 'nth', 'last', 'end'] as const
export type DayInMonth = (typeof DAYS_IN_MONTH)[number]

/** What a person puts a rule together from. */
export interface Draft {
  freq: Frequency
  interval: number
  days: Weekday[]
  dayInMonth: DayInMonth
  end: 'never' | 'until' | 'count'
  until: string
  count: number
}

const BARE: Rule = {
  ...{ freq: 'DAILY', interval: 1, byDay: [], byMonthDay: [], byMonth: [] },
  ...{ bySetPos: null, until: null, count: null, weekStart: 'MO' },
}
const WORKDAYS: Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR']
const MOST_NTH = 4
const WEEK = 7

/** The rules that most repeat by, for a first date: without an end, as they are kept. */
export function presetsOf(date: string): string[] {
  const day = weekdayOf(date)
  const rules: Partial<Rule>[] = [
    { freq: 'DAILY' },
    { freq: 'WEEKLY', byDay: WORKDAYS.map(everyOne) },
    { freq: 'WEEKLY', byDay: [everyOne(day)] },
    { freq: 'WEEKLY', interval: 2, byDay: [everyOne(day)] },
    ...daysInMonth(date).map((one) => ({ freq: 'MONTHLY' as const, ...inMonth(one, date) })),
    { freq: 'YEARLY', byMonth: [Number(date.slice(5, 7))], byMonthDay: [dayOf(date)] },
  ]
  return rules.map((rule) => formatRule({ ...BARE, ...rule }))
}

/** Those that a date can stand for. */
export const daysInMonth = (date: string): DayInMonth[] =>
  DAYS_IN_MONTH.filter((one) => (one === 'nth' ? nthOf(date) <= MOST_NTH : one !== 'last' || isInLastWeek(date)))

/** The rule that a draft spells, from its first date on. */
export function ruleOf(draft: Draft, date: string): string {
  const interval = within(draft.interval, INTERVAL_LIMIT)
  return withEnd(formatRule({ ...BARE, freq: draft.freq, interval, ...daysOf(draft, date) }), draft)
}

/** Any rule with the end that a draft says. */
export function withEnd(rrule: string, { end, until, count }: Pick<Draft, 'end' | 'until' | 'count'>): string {
  const none = { until: null, count: null }
  const limit = end === 'until' ? { until } : end === 'count' ? { count: within(count, COUNT_LIMIT) } : {}
  return formatRule({ ...parseRule(rrule), ...none, ...limit })
}

/** A rule with its end taken off, to be found among the presets. */
export const endless = (rrule: string): string => formatRule({ ...parseRule(rrule), until: null, count: null })

/** As far as a draft can spell the rule; it then says the same, which `ruleOf` shows. */
export function draftOf(rrule: string | null, date: string): Draft {
  const rule = rrule ? parseRule(rrule) : { ...BARE, freq: 'WEEKLY' as const }
  const days = rule.byDay.filter(({ nth }) => nth === null).map(({ day }) => day)
  const nth = rule.byDay[0]?.nth ?? null
  return {
    freq: rule.freq,
    interval: rule.interval,
    days: days.length > 0 ? days : [weekdayOf(date)],
    dayInMonth: rule.byMonthDay.includes(-1) ? 'end' : nth === null ? 'date' : nth < 0 ? 'last' : 'nth',
    end: rule.until ? 'until' : rule.count ? 'count' : 'never',
    until: rule.until?.slice(0, 10) ?? date,
    count: rule.count ?? 10,
  }
}

function daysOf({ freq, days, dayInMonth }: Pick<Draft, 'freq' | 'days' | 'dayInMonth'>, date: string): Partial<Rule> {
  if (freq === 'WEEKLY') return { byDay: WEEKDAYS.filter((day) => days.includes(day)).map(everyOne) }
  if (freq === 'YEARLY') return { byMonth: [Number(date.slice(5, 7))], byMonthDay: [dayOf(date)] }
  return freq === 'MONTHLY' ? inMonth(dayInMonth, date) : {}
}

function inMonth(one: DayInMonth, date: string): Partial<Rule> {
  if (one === 'date') return { byMonthDay: [dayOf(date)] }
  if (one === 'end') return { byMonthDay: [-1] }
  return { byDay: [{ day: weekdayOf(date), nth: one === 'last' ? -1 : Math.min(nthOf(date), MOST_NTH) }] }
}

const everyOne = (day: Weekday) => ({ day, nth: null })
const dayOf = (date: string) => Number(date.slice(8))
const nthOf = (date: string) => Math.ceil(dayOf(date) / WEEK)
const weekdayOf = (date: string): Weekday => WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + WEEK - 1) % WEEK]!
const within = (value: number, most: number) => Math.max(1, Math.min(most, Math.round(value) || 1))

function isInLastWeek(date: string): boolean {
  const [year, month] = date.split('-').map(Number) as [number, number]
  return dayOf(date) > new Date(Date.UTC(year, month, 0)).getUTCDate() - WEEK
}
