export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof WEEKDAYS)[number]

export const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
export type Frequency = (typeof FREQUENCIES)[number]

export interface DayOfRule {
  day: Weekday
  /** The first to fourth of the month, or from its end with a minus; null for each of them. */
  nth: number | null
}

/** A recurrence rule of RFC 5545, as far as tasks repeat by it: never more than once a day, and never without an end of waiting. */
export interface Rule {
  freq: Frequency
  interval: number
  byDay: DayOfRule[]
  /** 1 to 31, where a shorter month has its last day; or from the end with a minus, -1 for the last. */
  byMonthDay: number[]
  byMonth: number[]
  /** Which of the days that `byDay` finds in a month. */
  bySetPos: number | null
  /** A day like `2026-12-31`, or a moment like `2026-12-31T17:00:00Z`. */
  until: string | null
  count: number | null
  weekStart: Weekday
}

export const INTERVAL_LIMIT = 999
export const COUNT_LIMIT = 999

/** The rule as it is kept and compared: parts in one order, nothing that goes without saying. */
export function formatRule(rule: Rule): string {
  const parts: [name: string, value: string | number | null][] = [
    ['FREQ', rule.freq],
    ['INTERVAL', rule.interval === 1 ? null : rule.interval],
    ['BYMONTH', rule.byMonth.join(',')],
    ['BYMONTHDAY', rule.byMonthDay.join(',')],
    ['BYDAY', rule.byDay.map(({ day, nth }) => `${nth ?? ''}${day}`).join(',')],
    ['BYSETPOS', rule.bySetPos],
    ['UNTIL', rule.until === null ? null : rule.until.replace(/[-:]/g, '')],
    ['COUNT', rule.count],
    ['WKST', rule.weekStart === 'MO' ? null : rule.weekStart],
  ]
  return parts.flatMap(([name, value]) => (value === null || value === '' ? [] : [`${name}=${value}`])).join(';')
}

/** The same rule with that many dates less, for a series that begins anew in its middle. */
export const withoutFirst = (rule: Rule, dates: number): Rule =>
  rule.count === null ? rule : { ...rule, count: Math.max(1, rule.count - dates) }
