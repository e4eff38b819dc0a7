import type { When } from '@taskflow/shared/dto/when.ts'
import { sortDays } from '@taskflow/shared/recurrence/parsing.ts'
import { type DayOfRule, type Rule, WEEKDAYS } from '@taskflow/shared/recurrence/rule.ts'
import { dueOn } from './occurrences.ts'

const WEEK = 7
const MOST_NTH = 4

/** The start of a task that is due at another time: as many days before that as it was. */
export function moveStart({ start, due }: { start: When | null; due: When | null }, to: When): When | null {
  if (!start || !due) return start
  const { days } = Temporal.PlainDate.from(due.date).until(to.date, { largestUnit: 'days' })
  const date = Temporal.PlainDate.from(start.date).add({ days }).toString()
  const moved = dueOn({ date, time: start.time }, start.zone ?? 'UTC')
  return moved.at && to.at && moved.at > to.at ? to : moved
}

/**
 * The rule after one of its days has moved, and all that follow with it: what it says of that day moves along. Null where
 * it cannot say the new day.
 */
export function moveRule(rule: Rule, from: string, to: string): Rule | null {
  const [was, is] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)]
  if (rule.freq === 'WEEKLY') return { ...rule, byDay: moveWeekday(rule.byDay, was, is) }
  const byMonth = replaced(rule.byMonth, was.month, is.month)
  if (rule.bySetPos !== null) return moveAmong({ ...rule, byMonth }, was, is)
  if (rule.byDay.length > 0) return { ...rule, byMonth, byDay: moveOrdinals(rule.byDay, was, is) }
  const named = rule.byMonthDay.find((day) => dayIn(was, day) === was.day)
  const byMonthDay = was.day === is.day ? rule.byMonthDay : replaced(rule.byMonthDay, named, is.day)
  return { ...rule, byMonthDay, byMonth }
}

function moveWeekday(byDay: Rule['byDay'], was: Temporal.PlainDate, is: Temporal.PlainDate): Rule['byDay'] {
  const numbers = byDay.map(({ day }) => WEEKDAYS.indexOf(day) + 1)
  return replaced(numbers, was.dayOfWeek, is.dayOfWeek).map((number) => ({ day: WEEKDAYS[number - 1]!, nth: null }))
}

/** The last Friday, moved to a day before, is the last Thursday, or the fourth where there is a later one. */
function moveOrdinals(byDay: Rule['byDay'], was: Temporal.PlainDate, is: Temporal.PlainDate): Rule['byDay'] {
  const moved = byDay.map((one) => (isOn(one, was) ? { day: weekdayOf(is), nth: ordinalOf(is, one.nth) } : one))
  return sortDays([...new Map(moved.map((one) => [`${one.nth}${one.day}`, one])).values()])
}

function ordinalOf(date: Temporal.PlainDate, wanted: number | null): number | null {
  if (wanted === null) return null
  const [first, last] = ordinalsOf(date)
  if (wanted === first || wanted === last) return wanted
  return first <= MOST_NTH ? first : last
}

const isOn = ({ day, nth }: DayOfRule, date: Temporal.PlainDate) =>
  day === weekdayOf(date) && (nth === null || ordinalsOf(date).includes(nth))

const weekdayOf = (date: Temporal.PlainDate) => WEEKDAYS[date.dayOfWeek - 1]!

/** Which one of its weekday a date is in its month, from the first and from the last. */
const ordinalsOf = ({ day, daysInMonth }: Temporal.PlainDate): [first: number, last: number] => [
  Math.ceil(day / WEEK),
  -Math.ceil((daysInMonth - day + 1) / WEEK),
]

/** The last workday, moved to the one before, is the last but one. */
function moveAmong(rule: Rule, was: Temporal.PlainDate, is: Temporal.PlainDate): Rule | null {
  if (!placesAmong(rule, was).includes(rule.bySetPos!)) return rule
  const places = placesAmong(rule, is)
  const sameEndFirst = rule.bySetPos! > 0 ? places : places.toReversed()
  const bySetPos = sameEndFirst.find((place) => Math.abs(place) <= MOST_NTH)
  return bySetPos === undefined ? null : { ...rule, bySetPos }
}

/** Which one of the rule's days a date is in its month, from the first and from the last; none where it is none of them. */
function placesAmong({ byDay }: Rule, date: Temporal.PlainDate): number[] {
  const days = Array.from({ length: date.daysInMonth }, (_, i) => date.with({ day: i + 1 }))
  const among = days.filter((one) => byDay.some((of) => isOn(of, one))).map(({ day }) => day)
  const index = among.indexOf(date.day)
  return index < 0 ? [] : [index + 1, index - among.length]
}

/** The day of its month that a rule means by 31, or by -1. */
const dayIn = ({ daysInMonth }: Temporal.PlainDate, day: number) =>
  day > 0 ? Math.min(day, daysInMonth) : daysInMonth + 1 + day

const replaced = (all: number[], was: number | undefined, is: number): number[] =>
  [...new Set(all.map((one) => (one === was ? is : one)))].toSorted((a, b) => a - b)
