import type { Task } from '@taskflow/shared/dto/task.ts'
import type { WriteCtx } from '../context.ts'
import { unchanged } from './assigning.ts'
import { placed, recordOnTask, saveTask } from './changing.ts'
import { findPlace, refuseOverLimit } from './placing.ts'
import { toTaskDto } from './task.dto.ts'
import { lockTaskFor, type TaskRow } from './tasks.access.ts'

/** Closes a task and puts it on top of the board's first done column, if there is one. */
export async function closeTask(ctx: WriteCtx, id: string): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write')
  if (task.closedAt) return unchanged(ctx, task)
  const closed = saveTask(ctx, task, { ...(await placeAmong(ctx, task, true)), closedAt: ctx.now })
  recordOnTask(ctx, closed, 'task.closed', placed(closed), task)
  return toTaskDto(closed)
}

export async function reopenTask(ctx: WriteCtx, id: string): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write')
  if (!task.closedAt) return unchanged(ctx, task)
  const reopened = saveTask(ctx, task, { ...(await placeAmong(ctx, task, false)), closedAt: null })
  recordOnTask(ctx, reopened, 'task.reopened', placed(reopened), task)
  return toTaskDto(reopened)
}

const COLUMN = `
  select id, (select done from board_column where id = $3) as done
  from board_column where board_id = $1 and done = $2 order by position collate "C", id limit 1`

/** A task that already lies in a column of the wanted kind stays where it is. */
async function placeAmong(
  ctx: WriteCtx,
  task: TaskRow,
  done: boolean,
): Promise<Pick<TaskRow, 'columnId' | 'position'>> {
  const stay = { columnId: task.columnId, position: task.position }
  const [column] = await ctx.tx.sql<{ id: string; done: boolean }>(COLUMN, [task.boardId, done, task.columnId])
  if (!column || column.done === done) return stay
  const place = await findPlace(ctx, { columnId: column.id, after: null }, task.id)
  if (!place) return stay
  await refuseOverLimit(ctx, place)
  return { columnId: place.columnId, position: place.position }
}
