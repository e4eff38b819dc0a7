import type { Task } from '@taskflow/shared/dto/task.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict } from '../errors.ts'
import { changeTask } from '../tasks/changing.ts'
import { toTaskDto } from '../tasks/task.dto.ts'
import { lockTaskFor } from '../tasks/tasks.access.ts'
import { withDates } from './keeping.ts'
import { endOfDay, nextOccurrence } from './occurrences.ts'
import { lockRecurrence, refuseFollowed, type Repeating, seriesOf, takePlace } from './recurrence.access.ts'
import { moveStart } from './shifting.ts'

/** Lets this one be: the task, as it is, is due when the next would be. */
export async function skipOccurrence(ctx: WriteCtx, id: string): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write')
  if (!task.recurrence) throw new Conflict('recurrence.none', 'This task does not repeat.')
  if (task.closedAt) throw new Conflict('recurrence.closed', 'This task is done: there is nothing to skip.')
  const repeating = task as Repeating
  const row = await lockRecurrence(ctx, repeating)
  await refuseFollowed(ctx, row)
  const over = task.due?.at ? new Date(task.due.at) : endOfDay(row.date, task.recurrence.zone)
  const doneAt = new Date(Math.max(over.getTime(), Date.parse(ctx.now)))
  const next = nextOccurrence(seriesOf(repeating, row), { date: row.date, index: row.number }, doneAt)
  if (!next) throw new Conflict('recurrence.ended', 'This is the last of its series.')
  const { start: _start, due: _due, ...kept } = row.kept
  takePlace(ctx, { ...row, number: row.number + 1, date: next.date, kept, nextId: null })
  return toTaskDto(changeTask(ctx, task, { due: next.due, start: moveStart(withDates(task, row.kept), next.due) }))
}
