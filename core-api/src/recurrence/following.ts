import { newId } from '@taskflow/shared/ids.ts'
import { write, type WriteCtx } from '../context.ts'
import type { CoreDeps } from '../core-deps.ts'
import { systemActor } from '../jobs/system-actor.ts'
import { listViewersAmong } from '../tasks/assigning.ts'
import { insertTask } from '../tasks/creating.ts'
import { findPlace, type Place } from '../tasks/placing.ts'
import { TASK_OF_SYSTEM, type TaskRow } from '../tasks/tasks.access.ts'
import { handOnReminders } from './handing-on-reminders.ts'
import { type Kept, withDates } from './keeping.ts'
import { nextOccurrence } from './occurrences.ts'
import {
  findNext,
  lockRecurrence,
  type RecurrenceRow,
  type Repeating,
  saveRecurrence,
  seriesOf,
  takePlace,
} from './recurrence.access.ts'
import { moveStart } from './shifting.ts'

/** Of a task that was closed, with where it lay before. */
export interface Followed {
  workspaceId: string
  taskId: string
  columnId: string
  /** When it counts as done, if not when it was closed. */
  doneAt?: string
}

/** Creates what follows a closed task, if it repeats. However often it is called, there is one. */
export async function followTask(deps: CoreDeps, followed: Followed): Promise<void> {
  const { workspaceId, taskId } = followed
  await write(deps, { actor: systemActor(workspaceId) }, async (ctx) => {
    const task = await lockClosed(ctx, taskId)
    if (!task) return { status: 204 }
    const row = await lockRecurrence(ctx, task)
    if (!(await findNext(ctx, row, task.closedAt))) await createNext(ctx, task, row, followed)
    return { status: 204 }
  })
}

const CLOSED = `${TASK_OF_SYSTEM} and t.recurrence is not null and t.closed_at is not null for update of t`

async function lockClosed(ctx: WriteCtx, taskId: string): Promise<Repeating | undefined> {
  const [task] = await ctx.tx.sql<Repeating & Record<string, unknown>>(CLOSED, [taskId])
  return task
}

async function createNext(
  ctx: WriteCtx,
  task: Repeating,
  row: RecurrenceRow,
  { columnId, doneAt = task.closedAt! }: Followed,
): Promise<void> {
  const next = nextOccurrence(seriesOf(task, row), { date: row.date, index: row.number }, new Date(doneAt))
  if (!next) return
  const place = await findOpenPlace(ctx, task.boardId, columnId)
  const handed = await handOn(ctx, { ...task, ...(row.kept as Kept) })
  const id = newId()
  const { columnId: inColumn, position } = place
  const dates = { due: next.due, start: moveStart(withDates(task, row.kept), next.due) }
  await insertTask(ctx, { ...handed, ...dates, id, columnId: inColumn, position, ...FRESH, ...stampOf(ctx) }, task)
  await handOnReminders(ctx, { ...task, ...withDates(task, row.kept) }, { id, due: next.due })
  takePlace(ctx, { ...row, taskId: id, number: row.number + 1, date: next.date, kept: {}, nextId: null })
  saveRecurrence(ctx, { ...row, nextId: id })
}

const FRESH = {
  number: 0,
  descriptionVersion: 1,
  blockedByIds: [],
  commentCount: 0,
  attachmentCount: 0,
  closedAt: null,
  archivedAt: null,
  deletedAt: null,
  version: 1,
}

const stampOf = ({ now }: WriteCtx) => ({ createdAt: now, updatedAt: now })

const STILL_THERE = `
  select array(
      select l.id from unnest($2::uuid[]) with ordinality as wanted (id, at)
      join label l on l.id = wanted.id and l.workspace_id = $1 order by wanted.at) as "labelIds",
    (select id from task where id = $3 and board_id = $4 and deleted_at is null) as "parentId"`

/** What has gone in the meantime is not handed on; nothing is ticked any more. */
async function handOn(ctx: WriteCtx, task: TaskRow): Promise<TaskRow> {
  const { workspaceId, boardId, labelIds, parentId } = task
  const [assigneeIds, watcherIds, [there]] = await Promise.all([
    listViewersAmong(ctx, boardId, task.assigneeIds),
    listViewersAmong(ctx, boardId, task.watcherIds),
    ctx.tx.sql<Pick<TaskRow, 'labelIds' | 'parentId'>>(STILL_THERE, [workspaceId, labelIds, parentId, boardId]),
  ])
  const checklistItems = task.checklistItems.map((item) => ({ ...item, id: newId(), done: false }))
  return { ...task, ...there, assigneeIds, watcherIds, checklistItems }
}

// A full column is the last choice, for what should be done again must not vanish.
const OPEN_COLUMNS = `
  select id from board_column c where board_id = $1
  order by done, wip_mode = 'hard' and wip_limit <= (
      select count(*) from task where column_id = c.id and deleted_at is null and archived_at is null),
    id <> $2, position, id limit 1`

/** Where the task came from, or the first column where it is not done at once. */
async function findOpenPlace(ctx: WriteCtx, boardId: string, columnId: string): Promise<Place> {
  const [column] = await ctx.tx.sql<{ id: string }>(OPEN_COLUMNS, [boardId, columnId])
  return (await findPlace(ctx, { columnId: column!.id }))!
}
