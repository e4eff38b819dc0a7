import type { Task } from '@taskflow/shared/dto/task.ts'
import type { WriteCtx } from '../context.ts'
import { Invalid } from '../errors.ts'
import { unchanged } from './assigning.ts'
import { changeTask } from './changing.ts'
import { demandAcyclic } from './depending.ts'
import { toTaskDto } from './task.dto.ts'
import { lockTaskFor } from './tasks.access.ts'
import { LIST_LIMIT } from './tasks.schemas.ts'

interface Blocker {
  id: string
  blockerId: string
}

export async function blockTask(ctx: WriteCtx, { id, blockerId }: Blocker): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write')
  if (task.blockedByIds.includes(blockerId)) return unchanged(ctx, task)
  refuseMoreThanFit(task.blockedByIds.length + 1)
  await demandAcyclic(ctx, task, [blockerId], 'blockerId')
  return toTaskDto(changeTask(ctx, task, { blockedByIds: [...task.blockedByIds, blockerId] }))
}

export async function unblockTask(ctx: WriteCtx, { id, blockerId }: Blocker): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write')
  if (!task.blockedByIds.includes(blockerId)) return unchanged(ctx, task)
  return toTaskDto(changeTask(ctx, task, { blockedByIds: task.blockedByIds.filter((one) => one !== blockerId) }))
}

function refuseMoreThanFit(count: number): void {
  if (count <= LIST_LIMIT) return
  const detail = `A task waits for at most ${LIST_LIMIT} others.`
  throw new Invalid([{ path: 'blockerId', message: 'is one task too many' }], 'tasks.too_many_blockers', detail)
}
