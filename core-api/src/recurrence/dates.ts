import { formatRule, type Rule } from '@taskflow/shared/recurrence/rule.ts'
import { RRuleTemporal } from 'rrule-temporal'
import { LAST_YEAR } from '../tasks/when.ts'

const MONTHS = 12
const SHORTEST_MONTH = 28
const ITERATIONS = 100_000

/**
 * The days of a rule that begins on `start`, which is always its first, as far as they lie after `after`. Days only, so
 * no change of clocks can drop one: what time it is there is decided later. `until` is not looked at here.
 */
export function* datesAfter(rule: Rule, start: string, after: string): Generator<string> {
  if (rule.count === null) {
    if (start > after) yield start
    yield* merged(rule, start, after > start ? after : start)
    return
  }
  let left = rule.count
  for (const date of withFirst(start, merged(rule, start, start))) {
    if (left-- === 0) return
    if (date > after) yield date
  }
}

/**
 * The first day of a rule after one that it begins anew on. Every second month from that one may never be a month that the
 * rule names: it then begins in the next from which one is.
 */
export function dateAfterDone(rule: Rule, doneOn: string): string | null {
  const endless = { ...rule, count: null }
  if (monthsThatCome(rule, doneOn).length > 0 || rule.byMonth.length === 0) {
    return firstOf(merged(endless, doneOn, doneOn))
  }
  const saying = sayingDay(endless, doneOn)
  for (let months = 1; months < MONTHS; months++) {
    const begin = Temporal.PlainDate.from(doneOn).with({ day: 1 }).add({ months })
    const date = firstOf(merged(saying, begin.toString(), begin.subtract({ days: 1 }).toString()))
    if (date) return date
  }
  return null
}

const firstOf = (dates: Generator<string>): string | null => (dates.next().value as string | undefined) ?? null

function* withFirst(start: string, rest: Iterable<string>): Generator<string> {
  yield start
  yield* rest
}

function* merged(rule: Rule, start: string, after: string): Generator<string> {
  const byMonth = monthsThatCome(rule, start)
  if (rule.byMonth.length > 0 && byMonth.length === 0) return
  const parts = clampable({ ...rule, byMonth }, start).map((part) => new RRuleTemporal(optionsOf(part, start)))
  const heads = parts.map((part) => nextOf(part, after))
  for (;;) {
    const earliest = heads.filter((date) => date !== null).toSorted()[0]
    if (earliest === undefined) return
    yield earliest
    heads.forEach((date, i) => {
      if (date === earliest) heads[i] = nextOf(parts[i]!, earliest)
    })
  }
}

/** Every second month from January on is never February: the library would look for it for ever. */
function monthsThatCome({ freq, interval, byMonth }: Rule, start: string): number[] {
  if (freq !== 'MONTHLY') return byMonth
  const first = Number(start.slice(5, 7))
  return byMonth.filter((month) => (month - first) % greatestDivisor(interval, MONTHS) === 0)
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b))

function nextOf(part: RRuleTemporal, after: string): string | null {
  const next = part.next(new Date(`${after}T00:00:00Z`))
  return next === null || next.year > LAST_YEAR ? null : next.toPlainDate().toString()
}

const optionsOf = (rule: Rule, start: string) => ({
  rruleString: `DTSTART;TZID=UTC:${start.replaceAll('-', '')}T000000\nRRULE:${formatRule(rule)}`,
  maxIterations: ITERATIONS,
})

/**
 * A month that lacks the day has its last day instead, which the library does not do: each such day becomes "the last
 * of the 28th to it", and since that is counted per month or year, each becomes a rule of its own.
 */
function clampable(rule: Rule, start: string): Rule[] {
  const plain = { ...sayingDay(rule, start), until: null, count: null }
  const { freq, byMonth, byMonthDay } = plain
  const inEachMonth = byMonthDay.filter((day) => day <= SHORTEST_MONTH)
  const others = byMonthDay.filter((day) => day > SHORTEST_MONTH)
  const months = freq === 'MONTHLY' ? [byMonth] : byMonth.map((month) => [month])
  return [
    ...(others.length === 0 || inEachMonth.length > 0 ? [{ ...plain, byMonthDay: inEachMonth }] : []),
    ...months.flatMap((of) => others.map((day) => onLastUpTo(day, { ...plain, byMonth: of }))),
  ]
}

/** The rule with the day, and the month of a year, that it leaves to its first date. */
export function sayingDay(rule: Rule, start: string): Rule {
  if (rule.freq === 'DAILY' || rule.freq === 'WEEKLY' || rule.byDay.length > 0) return rule
  const [, month, day] = start.split('-').map(Number) as [number, number, number]
  const byMonth = rule.freq === 'YEARLY' && rule.byMonth.length === 0 ? [month] : rule.byMonth
  return { ...rule, byMonth, byMonthDay: rule.byMonthDay.length > 0 ? rule.byMonthDay : [day] }
}

function onLastUpTo(day: number, rule: Rule): Rule {
  const byMonthDay = Array.from({ length: day - SHORTEST_MONTH + 1 }, (_, i) => SHORTEST_MONTH + i)
  return { ...rule, byMonthDay, bySetPos: -1 }
}
