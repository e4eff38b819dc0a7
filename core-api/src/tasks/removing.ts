import type { Task } from '@taskflow/shared/dto/task.ts'
import type { WriteCtx } from '../context.ts'
import { unchanged } from './assigning.ts'
import { recordOnTask, saveTask, stamp } from './changing.ts'
import { findPlace, refuseOverLimit } from './placing.ts'
import { toCard, toTaskDto } from './task.dto.ts'
import { lockTaskFor } from './tasks.access.ts'

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

/** Removes a task that lies in the trash for good. */
export async function eraseTask(ctx: WriteCtx, id: string): Promise<void> {
  const task = await lockTaskFor(ctx, id, 'task:delete', 'removed')
  ctx.tx.later('delete from task where id = $1', [id])
  recordOnTask(ctx, task, 'task.deleted', { ...stamp(task), version: task.version + 1, reason: 'erased' })
}
