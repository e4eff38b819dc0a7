import type { When } from '@taskflow/shared/dto/when.ts'
import { type Rule, WEEKDAYS } from '@taskflow/shared/recurrence/rule.ts'
import { dueOn } from './occurrences.ts'

/** The start of a task that is due at another time: as many days before that as it was. */
export function moveStart({ start, due }: { start: When | null; due: When | null }, to: When): When | null {
  if (!start || !due) return start
  const { days } = Temporal.PlainDate.from(due.date).until(to.date, { largestUnit: 'days' })
  const date = Temporal.PlainDate.from(start.date).add({ days }).toString()
  const moved = dueOn({ date, time: start.time }, start.zone ?? 'UTC')
  return moved.at && to.at && moved.at > to.at ? to : moved
}

/** The rule after one of its days has moved, and all that follow with it: what it says of that day moves along. */
export function moveRule(rule: Rule, from: string, to: string): Rule {
  const [was, is] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)]
  if (rule.freq === 'WEEKLY') return { ...rule, byDay: moveWeekday(rule.byDay, was, is) }
  const named = rule.byMonthDay.find((day) => dayIn(was, day) === was.day)
  const byMonthDay = was.day === is.day ? rule.byMonthDay : replaced(rule.byMonthDay, named, is.day)
  return { ...rule, byMonthDay, byMonth: replaced(rule.byMonth, was.month, is.month) }
}

function moveWeekday(byDay: Rule['byDay'], was: Temporal.PlainDate, is: Temporal.PlainDate): Rule['byDay'] {
  const numbers = byDay.map(({ day }) => WEEKDAYS.indexOf(day) + 1)
  return replaced(numbers, was.dayOfWeek, is.dayOfWeek).map((number) => ({ day: WEEKDAYS[number - 1]!, nth: null }))
}

/** The day of its month that a rule means by 31, or by -1. */
const dayIn = ({ daysInMonth }: Temporal.PlainDate, day: number) =>
  day > 0 ? Math.min(day, daysInMonth) : daysInMonth + 1 + day

const replaced = (all: number[], was: number | undefined, is: number): number[] =>
  [...new Set(all.map((one) => (one === was ? is : one)))].toSorted((a, b) => a - b)
