import { newId } from '@taskflow/shared/ids.ts'
import { parseRule } from '@taskflow/shared/recurrence/parsing.ts'
import { formatRule, type Rule, withoutFirst } from '@taskflow/shared/recurrence/rule.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict } from '../errors.ts'
import type { Changes } from '../tasks/changing.ts'
import type { TaskRow } from '../tasks/tasks.access.ts'
import { datesAfter } from './dates.ts'
import { slotOf } from './occurrences.ts'
import { findNext, lockRecurrence, type RecurrenceRow, type Repeating, saveRecurrence } from './recurrence.access.ts'
import { moveRule } from './shifting.ts'

/** What a change to one occurrence is to: only it, or also all that follow. */
export type Scope = 'this' | 'following'

const DATES = ['start', 'due'] as const
/** What an occurrence hands on. */
const HANDED_ON = [
  'title',
  'description',
  'priority',
  'assigneeIds',
  'labelIds',
  'parentId',
  'checklistItems',
  ...DATES,
] as const satisfies (keyof Changes)[]

export type Kept = Partial<Pick<TaskRow, (typeof HANDED_ON)[number]>>

/**
 * Decides what those that follow take over. By itself, another date counts for this one only, everything else for all.
 * Answers what changes in the task beside.
 */
export async function keepForFollowing(
  ctx: WriteCtx,
  task: Repeating,
  changes: Changes,
  scope?: Scope,
): Promise<Changes> {
  const row = await lockRecurrence(ctx, task)
  if (await findNext(ctx, row)) return {}
  const kept: Kept = { ...row.kept }
  for (const field of HANDED_ON.filter((one) => changes[one] !== undefined)) {
    if ((scope ?? (isDate(field) ? 'this' : 'following')) === 'following') delete kept[field]
    else if (!(field in kept)) Object.assign(kept, { [field]: task[field] })
  }
  const moved = scope === 'following' && changes.due ? beginAnew(task, row, changes.due) : null
  saveRecurrence(ctx, { ...row, ...moved?.row, kept: kept as RecurrenceRow['kept'] })
  return moved && moved.rrule !== task.recurrence.rrule
    ? { recurrence: { ...task.recurrence, rrule: moved.rrule } }
    : {}
}

/** The dates by which the next is placed: those of this occurrence as they were before it alone was moved. */
export const withDates = (task: TaskRow, kept: Kept): Pick<TaskRow, 'start' | 'due'> => ({
  start: kept.start === undefined ? task.start : kept.start,
  due: kept.due === undefined ? task.due : kept.due,
})

const isDate = (field: string) => (DATES as readonly string[]).includes(field)

/**
 * All that follow move with this one: the series begins anew, with as many left as there were. At another time of the same
 * day it goes on, for only its first day knows of the 31st that a shorter month has none of.
 */
function beginAnew(task: Repeating, row: RecurrenceRow, due: NonNullable<TaskRow['due']>) {
  const start = slotOf(due, task.recurrence.zone)
  if (start.date === row.date) {
    return { row: { start: { ...row.start, time: start.time } }, rrule: task.recurrence.rrule }
  }
  const rule = parseRule(task.recurrence.rrule)
  const moved = moveRule(withoutFirst(rule, countBefore(task, row, rule)), row.date, start.date)
  if (!moved) {
    throw new Conflict(
      'recurrence.no_such_day',
      'The rule cannot say that day. Move only this one, or change the rule.',
    )
  }
  return { row: { seriesId: newId(), number: 1, start, date: start.date }, rrule: formatRule(moved) }
}

/** By due date, those that were missed are over, too. */
function countBefore({ recurrence }: Repeating, { number, start, date }: RecurrenceRow, rule: Rule): number {
  if (recurrence.anchor === 'completion' || rule.count === null) return number - 1
  let count = 0
  for (const one of datesAfter(rule, start.date, '')) {
    if (one >= date) break
    count++
  }
  return count
}
