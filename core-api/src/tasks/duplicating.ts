import type { Task } from '@taskflow/shared/dto/task.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { WriteCtx } from '../context.ts'
import { listViewersAmong } from './assigning.ts'
import { createTask } from './creating.ts'
import { getTaskFor, type TaskRow } from './tasks.access.ts'

export interface Duplicate {
  id?: string
  columnId?: string
  before?: string | null
  after?: string | null
}

/** The same task once more, with nothing ticked and nothing said: below the first, or where it is wanted. */
export async function duplicateTask(ctx: WriteCtx, id: string, wish: Duplicate): Promise<Task> {
  const task = await getTaskFor(ctx, id)
  const [assigneeIds, parentId] = await Promise.all([
    listViewersAmong(ctx, task.boardId, task.assigneeIds),
    findLivingParent(ctx, task),
  ])
  const { title, description, priority, labelIds, start, due, recurrence, checklistItems } = task
  return createTask(ctx, task.boardId, {
    ...placeFor(task, wish),
    ...{ title, description, priority, labelIds, start, due, recurrence, assigneeIds, parentId },
    id: wish.id,
    checklistItems: checklistItems.map((item) => ({ ...item, id: newId(), done: false })),
  })
}

function placeFor(task: TaskRow, { columnId = task.columnId, before, after }: Duplicate) {
  if (columnId !== task.columnId || before !== undefined || after !== undefined) return { columnId, before, after }
  return { columnId, after: task.id }
}

async function findLivingParent(ctx: WriteCtx, { parentId, boardId }: TaskRow): Promise<string | null> {
  if (!parentId) return null
  const [parent] = await ctx.tx.sql<{ id: string }>(
    'select id from task where id = $1 and board_id = $2 and deleted_at is null',
    [parentId, boardId],
  )
  return parent?.id ?? null
}
