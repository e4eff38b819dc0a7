import type { Task } from '@taskflow/shared/dto/task.ts'
import type { WriteCtx } from '../context.ts'
import { unchanged } from '../tasks/assigning.ts'
import { changeTask } from '../tasks/changing.ts'
import { toTaskDto } from '../tasks/task.dto.ts'
import { lockTaskFor } from '../tasks/tasks.access.ts'
import { demandLabels } from './labels.access.ts'

export async function labelTask(ctx: WriteCtx, { id, labelId }: { id: string; labelId: string }): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write')
  if (task.labelIds.includes(labelId)) return unchanged(ctx, task)
  await demandLabels(ctx, task.workspaceId, [labelId], 'labelId')
  return toTaskDto(changeTask(ctx, task, { labelIds: [...task.labelIds, labelId] }))
}

export async function unlabelTask(ctx: WriteCtx, { id, labelId }: { id: string; labelId: string }): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write')
  if (!task.labelIds.includes(labelId)) return unchanged(ctx, task)
  return toTaskDto(changeTask(ctx, task, { labelIds: task.labelIds.filter((one) => one !== labelId) }))
}
