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

// One in the trash has been followed itself, or has come since the task was closed; of one that was erased, the series
// knows what came after it.
const NEXT = `
  with recursive chain (id) as (
    (select $1::uuid union select task_id from recurrence where series_id = $2 and number > $3)
    union
    select r.next_id from recurrence r join chain on r.task_id = chain.id where r.next_id is not null
  )
  select t.id from chain join task t on t.id = chain.id where t.deleted_at is null or t.created_at >= $4 limit 1`

/** What has followed a task. The trash follows nothing, but what was thrown away after this closing stays away. */
export async function findNext(
  ctx: Ctx,
  { nextId, seriesId, number }: RecurrenceRow,
  closedAt: string | null = null,
): Promise<string | null> {
  if (!nextId) return null
  const [next] = await ctx.tx.sql<{ id: string }>(NEXT, [nextId, seriesId, number, closedAt])
  return next?.id ?? null
}

const TAKE_PLACE = `
  update recurrence r set series_id = gen_random_uuid(), next_id = $3
  from task t
  where t.id = r.task_id and t.deleted_at is not null and r.series_id = $1 and r.number = $2 and r.task_id <> $3`

/** Puts a task into its place in the series. What has that place, but is in the trash, is followed by it should it return. */
export function takePlace(ctx: WriteCtx, row: RecurrenceRow): void {
  ctx.tx.later(TAKE_PLACE, [row.seriesId, row.number, row.taskId])
  saveRecurrence(ctx, row)
}

/** Who has been followed already decides nothing any more. */
export async function refuseFollowed(ctx: Ctx, row: RecurrenceRow): Promise<void> {
  const nextId = await findNext(ctx, row)
  if (!nextId) return
  throw new Conflict('recurrence.followed', 'The next occurrence is there already. Change that one.', {
    members: { nextId },
  })
}
