import type { Task } from '@taskflow/shared/dto/task.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict } from '../errors.ts'
import { unchanged } from './assigning.ts'
import { recordOnTask, saveTask, stamp } from './changing.ts'
import { findPlace, refuseOverLimit } from './placing.ts'
import { toCard, toTaskDto } from './task.dto.ts'
import { lockTaskFor, type TaskRow } from './tasks.access.ts'

/** Puts a task into the trash, from where it can be restored. */
export async function trashTask(ctx: WriteCtx, id: string): Promise<void> {
  const task = await lockTaskFor(ctx, id, 'task:write', 'removed')
  if (task.deletedAt) return void unchanged(ctx, task)
  const trashed = saveTask(ctx, task, { deletedAt: ctx.now })
  recordOnTask(ctx, trashed, 'task.deleted', {
    ...stamp(trashed),
    reason: 'trashed',
    title: task.title,
    number: task.number,
  })
}

export async function archiveTask(ctx: WriteCtx, id: string): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write', 'removed')
  if (task.archivedAt || task.deletedAt) return unchanged(ctx, task)
  const archived = saveTask(ctx, task, { archivedAt: ctx.now })
  recordOnTask(ctx, archived, 'task.deleted', {
    ...stamp(archived),
    reason: 'archived',
    title: task.title,
    number: task.number,
  })
  return toTaskDto(archived)
}

/** Brings a task back from the trash or the archive, to its old place in the column. */
export async function restoreTask(ctx: WriteCtx, id: string): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write', 'removed')
  if (!task.archivedAt && !task.deletedAt) return unchanged(ctx, task)
  const place = await findPlace(ctx, { columnId: task.columnId, before: null }, task.id)
  await refuseOverLimit(ctx, place!)
  const restored = saveTask(ctx, task, { archivedAt: null, deletedAt: null })
  recordOnTask(ctx, restored, 'task.restored', toCard(restored), task)
  return toTaskDto(restored)
}

/** Removes a task for good, with all that belongs to it. */
export async function eraseTask(ctx: WriteCtx, id: string): Promise<void> {
  erase(ctx, await lockTaskFor(ctx, id, 'task:delete', 'removed'))
}

/** The same only if it lies in the trash: whoever asks for it may have seen it there some time ago. */
export async function eraseTrashedTask(ctx: WriteCtx, id: string): Promise<void> {
  const task = await lockTaskFor(ctx, id, 'task:delete', 'removed')
  if (!task.deletedAt) throw new Conflict('tasks.not_in_trash', 'This task is not in the trash any more.')
  erase(ctx, task)
}

export function erase(ctx: WriteCtx, task: TaskRow): void {
  ctx.tx.later('delete from task where id = $1', [task.id])
  recordOnTask(ctx, task, 'task.deleted', { ...stamp(task), version: task.version + 1, reason: 'erased' })
}
