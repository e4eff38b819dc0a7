import type { Ctx, WriteCtx } from '../context.ts'
import { Conflict } from '../errors.ts'
import type { TaskRow } from '../tasks/tasks.access.ts'
import { type Series, type Slot, slotOf } from './occurrences.ts'

/** A task as one of a series. */
export interface RecurrenceRow {
  taskId: string
  workspaceId: string
  seriesId: string
  /** 1 for the first. */
  number: number
  start: Slot
  /** The day that the rule gave it. */
  date: string
  /** What those that follow get instead of what was changed in this one only. */
  kept: Record<string, unknown>
  nextId: string | null
}

export type Repeating = TaskRow & { recurrence: NonNullable<TaskRow['recurrence']> }

const ROW = `
  select task_id as "taskId", workspace_id as "workspaceId", series_id as "seriesId", number, date::text as date, kept,
    json_build_object('date', start_date, 'time', start_time) as start, next_id as "nextId"
  from recurrence where task_id = $1 for update`
const SAVE = `
  insert into recurrence (task_id, workspace_id, series_id, number, start_date, start_time, date, kept, next_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (task_id) do update set series_id = excluded.series_id, number = excluded.number,
    start_date = excluded.start_date, start_time = excluded.start_time, date = excluded.date, kept = excluded.kept,
    next_id = excluded.next_id`

/** Locked: who follows it is decided once. A copy of a task that repeats begins a series of its own. */
export async function lockRecurrence(ctx: Ctx, task: Repeating): Promise<RecurrenceRow> {
  const [row] = await ctx.tx.sql<RecurrenceRow & Record<string, unknown>>(ROW, [task.id])
  return row ?? beginSeries(task)
}

export function beginSeries(task: Repeating): RecurrenceRow {
  const { id, workspaceId, due, recurrence } = task
  const start = due ? slotOf(due, recurrence.zone) : { date: task.createdAt.slice(0, 10), time: null }
  return { taskId: id, workspaceId, seriesId: id, number: 1, start, date: start.date, kept: {}, nextId: null }
}

export function saveRecurrence(ctx: WriteCtx, row: RecurrenceRow): void {
  const { taskId, workspaceId, seriesId, number, start, date, kept, nextId } = row
  const values = [taskId, workspaceId, seriesId, number, start.date, start.time, date, JSON.stringify(kept), nextId]
  ctx.tx.later(SAVE, values)
}

export const seriesOf = ({ recurrence }: Repeating, { start }: RecurrenceRow): Series => ({ ...recurrence, start })

/** Who has been followed already decides nothing any more. */
export async function refuseFollowed(ctx: Ctx, { nextId }: RecurrenceRow): Promise<void> {
  if (!nextId) return
  const [next] = await ctx.tx.sql('select from task where id = $1 and deleted_at is null', [nextId])
  if (!next) return
  throw new Conflict('recurrence.followed', 'The next occurrence is there already. Change that one.', {
    members: { nextId },
  })
}
