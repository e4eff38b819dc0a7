import type { Recurrence, RecurrenceInput } from '@taskflow/shared/dto/recurrence.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import type { When } from '@taskflow/shared/dto/when.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { parseRule, RuleFault } from '@taskflow/shared/recurrence/parsing.ts'
import { formatRule, type Rule } from '@taskflow/shared/recurrence/rule.ts'
import type { Ctx, WriteCtx } from '../context.ts'
import { Invalid } from '../errors.ts'
import { unchanged } from '../tasks/assigning.ts'
import { changeTask } from '../tasks/changing.ts'
import { toTaskDto } from '../tasks/task.dto.ts'
import { lockTaskFor, type TaskRow } from '../tasks/tasks.access.ts'
import { datesAfter, sayingDay } from './dates.ts'
import { dayOf, previousDay, slotOf } from './occurrences.ts'
import {
  beginSeries,
  lockRecurrence,
  type RecurrenceRow,
  refuseFollowed,
  type Repeating,
  saveRecurrence,
} from './recurrence.access.ts'

/** Lets a task repeat, from its due date on: it is the first of a series. What has no due date is due today, what is closed is followed. */
export async function repeatTask(ctx: WriteCtx, id: string, input: RecurrenceInput): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write')
  const { recurrence: wanted, due } = await toRecurrence(ctx, input, task.due)
  const place = await lockRecurrence(ctx, { ...task, recurrence: wanted, due })
  if (task.recurrence && isSame(task.recurrence, wanted)) return unchanged(ctx, task)
  await refuseFollowed(ctx, place)
  const { row, recurrence } = (task.recurrence && goOn(task as Repeating, place, wanted)) ?? begin(task, wanted, due)
  saveRecurrence(ctx, row)
  return toTaskDto(changeTask(ctx, task, task.due ? { recurrence } : { recurrence, due }))
}

/** The task stays as it is, and nothing follows it. */
export async function stopRepeating(ctx: WriteCtx, id: string): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write')
  if (!task.recurrence) return unchanged(ctx, task)
  return toTaskDto(changeTask(ctx, task, { recurrence: null }))
}

/** A rule as it is kept, for a task that is due then. */
export async function toRecurrence(
  ctx: Ctx,
  { rrule, zone, anchor }: RecurrenceInput,
  due: When | null,
): Promise<{ recurrence: Recurrence; due: When }> {
  const kept = toRule(rrule)
  const named = zone ?? due?.zone ?? (await findZone(ctx))
  demandZone(named)
  const today = { date: dayOf(new Date(ctx.now), named), time: null, zone: null, at: null }
  return { recurrence: { rrule: kept, zone: named, anchor }, due: due ?? today }
}

export function toRule(rrule: string): string {
  try {
    return formatRule(parseRule(rrule))
  } catch (error) {
    if (error instanceof RuleFault) throw new Invalid([{ path: 'rrule', message: error.message }], 'recurrence.rule')
    throw error
  }
}

export function demandZone(zone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
  } catch {
    throw new Invalid([{ path: 'zone', message: 'is not a time zone like Europe/Lisbon' }])
  }
}

export async function findZone(ctx: Ctx): Promise<string> {
  const [row] = await ctx.tx.sql<{ zone: string | null }>('select time_zone as zone from auth_user where id = $1', [
    ctx.actor.id,
  ])
  return row?.zone ?? 'UTC'
}

const begin = (task: TaskRow, recurrence: Recurrence, due: When) => ({
  row: { ...beginSeries({ ...task, recurrence, due }), seriesId: newId() },
  recurrence,
})

/** What changes only in how it ends or what it counts from keeps its first day, which alone may know of the 31st. */
function goOn(task: Repeating, known: RecurrenceRow, wanted: Recurrence) {
  const { recurrence: was, due } = task
  if (was.zone !== wanted.zone) return null
  if (!due || slotOf(due, was.zone).date !== known.date) return null
  const [before, after] = [parseRule(was.rrule), parseRule(wanted.rrule)]
  if (formatRule(withoutEnd(before)) !== formatRule(withoutEnd(after))) return null
  // By completion it may have come to a day that is none of its dates.
  const [date] = datesAfter(withoutEnd(before), known.start.date, previousDay(known.date))
  if (date !== known.date) return null
  if (before.count === after.count) return { row: known, recurrence: wanted }
  // Another count is one from here on.
  if (known.start.date.slice(8) === known.date.slice(8)) return null
  return begin(task, { ...wanted, rrule: formatRule(sayingDay(after, known.start.date)) }, due)
}

const withoutEnd = (rule: Rule): Rule => ({ ...rule, until: null, count: null })
const isSame = (a: Recurrence, b: Recurrence) => a.rrule === b.rrule && a.zone === b.zone && a.anchor === b.anchor
