import type { Task } from '@taskflow/shared/dto/task.ts'
import { demandOnBoard } from '../boards/boards.access.ts'
import type { WriteCtx } from '../context.ts'
import { demandViewer, unchanged } from './assigning.ts'
import { changeTask } from './changing.ts'
import { toTaskDto } from './task.dto.ts'
import { lockTaskFor } from './tasks.access.ts'

interface Watcher {
  id: string
  userId: string
}

/** Whoever sees a task may watch it; to make others watch it takes the right to change it. */
export async function watchTask(ctx: WriteCtx, { id, userId }: Watcher): Promise<Task> {
  const task = await lockForWatcher(ctx, { id, userId })
  if (task.watcherIds.includes(userId)) return unchanged(ctx, task)
  await demandViewer(ctx, task, userId, 'tasks.cannot_see')
  return toTaskDto(changeTask(ctx, task, { watcherIds: [...task.watcherIds, userId] }))
}

export async function unwatchTask(ctx: WriteCtx, { id, userId }: Watcher): Promise<Task> {
  const task = await lockForWatcher(ctx, { id, userId })
  if (!task.watcherIds.includes(userId)) return unchanged(ctx, task)
  return toTaskDto(changeTask(ctx, task, { watcherIds: task.watcherIds.filter((one) => one !== userId) }))
}

async function lockForWatcher(ctx: WriteCtx, { id, userId }: Watcher) {
  const task = await lockTaskFor(ctx, id, 'board:read')
  if (userId !== ctx.actor.id) demandOnBoard(ctx, task, 'task:write')
  return task
}
