import {
  COUNT_LIMIT,
  type DayOfRule,
  FREQUENCIES,
  type Frequency,
  INTERVAL_LIMIT,
  type Rule,
  type Weekday,
  WEEKDAYS,
} from './rule.ts'

/** Says in words what is wrong with a rule. */
export class RuleFault extends Error {}

const KNOWN = ['FREQ', 'INTERVAL', 'BYMONTH', 'BYMONTHDAY', 'BYDAY', 'BYSETPOS', 'UNTIL', 'COUNT', 'WKST']
const DAY = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/
const UNTIL = /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2})(Z?))?$/

/** Reads `RRULE:FREQ=WEEKLY;BYDAY=MO,TH` or the same without `RRULE:`; throws a RuleFault. */
export function parseRule(text: string): Rule {
  const parts = partsOf(text)
  const freq = parts.get('FREQ') as Frequency | undefined
  if (!freq) throw new RuleFault('must say how often, like FREQ=WEEKLY')
  if (!FREQUENCIES.includes(freq)) throw new RuleFault('must be DAILY, WEEKLY, MONTHLY or YEARLY, not more often')
  const rule: Rule = {
    freq,
    interval: number(parts, 'INTERVAL', 1, INTERVAL_LIMIT) ?? 1,
    byDay: sortDays(list(parts, 'BYDAY').map(toDay)),
    byMonthDay: sorted(numbers(parts, 'BYMONTHDAY', -28, 31)),
    byMonth: sorted(numbers(parts, 'BYMONTH', 1, 12)),
    bySetPos: number(parts, 'BYSETPOS', -4, 4),
    until: toUntil(parts.get('UNTIL')),
    count: number(parts, 'COUNT', 1, COUNT_LIMIT),
    weekStart: (parts.get('WKST') as Weekday | undefined) ?? 'MO',
  }
  refuseMeaningless(rule)
  return simplify(rule)
}

function partsOf(text: string): Map<string, string> {
  const parts = new Map<string, string>()
  const bare = text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .replace(/;$/, '')
  for (const part of bare.split(';')) {
    const [name = '', value = '', ...rest] = part.split('=')
    if (value === '' || rest.length > 0) throw new RuleFault('must be a rule like FREQ=WEEKLY;BYDAY=MO')
    if (!KNOWN.includes(name)) throw new RuleFault(`cannot have ${name.slice(0, 20)}; known are ${KNOWN.join(', ')}`)
    if (parts.has(name)) throw new RuleFault(`has ${name} twice`)
    parts.set(name, value)
  }
  return parts
}

const list = (parts: Map<string, string>, name: string) => [...new Set(parts.get(name)?.split(',') ?? [])]

function numbers(parts: Map<string, string>, name: string, least: number, most: number): number[] {
  const values = list(parts, name).map((value) => (/^[+-]?\d{1,4}$/.test(value) ? Number(value) : NaN))
  if (values.every((value) => value >= least && value <= most && value !== 0)) return [...new Set(values)]
  throw new RuleFault(`must have ${name} from ${least < 0 ? `${least} to -1 or 1` : least} to ${most}`)
}

function number(parts: Map<string, string>, name: string, least: number, most: number): number | null {
  const [one, ...more] = numbers(parts, name, least, most)
  if (more.length > 0) throw new RuleFault(`can have only one ${name}`)
  return one ?? null
}

const sorted = (values: number[]) => values.toSorted((a, b) => a - b)

function toDay(text: string): DayOfRule {
  const match = DAY.exec(text)
  const nth = match?.[1] === undefined ? null : Number(match[1])
  if (!match || (nth !== null && (nth === 0 || Math.abs(nth) > 4))) {
    throw new RuleFault('must have a BYDAY of MO to SU, alone or as the first (1MO) to fourth or the last (-1MO)')
  }
  return { day: match[2] as Weekday, nth }
}

export const sortDays = (days: DayOfRule[]) =>
  days.toSorted((a, b) => WEEKDAYS.indexOf(a.day) - WEEKDAYS.indexOf(b.day) || (a.nth ?? 0) - (b.nth ?? 0))

function toUntil(text: string | undefined): string | null {
  if (text === undefined) return null
  const match = UNTIL.exec(text)
  if (!match) throw new RuleFault('must have an UNTIL like 20261231 or 20261231T170000Z')
  const [, year, month, day, hour, minute, second, zulu] = match
  const date = `${year}-${month}-${day}`
  const moment = hour === undefined || !zulu ? date : `${date}T${hour}:${minute}:${second}Z`
  const at = new Date(moment)
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date) {
    throw new RuleFault('has an UNTIL that is not in the calendar')
  }
  return moment
}

function refuseMeaningless({ freq, interval, byDay, byMonthDay, byMonth, bySetPos, until, count, weekStart }: Rule) {
  const ofMonths = freq === 'MONTHLY' || freq === 'YEARLY'
  const refuse = (meaningless: boolean, why: string) => {
    if (meaningless) throw new RuleFault(why)
  }
  refuse(until !== null && count !== null, 'cannot have both UNTIL and COUNT')
  refuse(!WEEKDAYS.includes(weekStart), 'must have a WKST of MO to SU')
  refuse(byMonthDay.length > 0 && byDay.length > 0, 'cannot have both BYDAY and BYMONTHDAY')
  refuse(!ofMonths && (byMonthDay.length > 0 || byMonth.length > 0), `cannot have days of months with ${freq}`)
  refuse(!ofMonths && byDay.some(({ nth }) => nth !== null), `cannot have an ordinal BYDAY with ${freq}`)
  refuse(freq === 'DAILY' && interval > 1 && byDay.length > 0, 'cannot have both INTERVAL and BYDAY with DAILY')
  refuse(bySetPos !== null && (!ofMonths || byDay.length === 0), 'can have BYSETPOS only with BYDAY in months')
  refuse(bySetPos !== null && byDay.some(({ nth }) => nth !== null), 'cannot have both BYSETPOS and an ordinal BYDAY')
  const bareInYear = freq === 'YEARLY' && byMonth.length === 0 && byMonthDay.length + byDay.length > 0
  refuse(bareInYear, 'must name BYMONTH with days of a year')
  refuse(
    bySetPos !== null && byMonth.length > 1 && freq === 'YEARLY',
    'can have BYSETPOS with one BYMONTH of a year only',
  )
}

/** Every day, but only on some weekdays, is every week on these. */
const simplify = (rule: Rule): Rule =>
  rule.freq === 'DAILY' && rule.byDay.length > 0 ? { ...rule, freq: 'WEEKLY' } : rule
