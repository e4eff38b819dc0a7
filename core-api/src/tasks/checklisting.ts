import { dropItem, type ItemWish, putItem } from '@taskflow/shared/board/checklist.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import type { WriteCtx } from '../context.ts'
import { Invalid, NotFound } from '../errors.ts'
import type { Scope } from '../recurrence/keeping.ts'
import { editLocked } from './editing.ts'
import { lockTaskFor } from './tasks.access.ts'
import { LIST_LIMIT } from './tasks.schemas.ts'

interface Item {
  id: string
  itemId: string
}

/** Changes one item of the list as it is by now, or adds it if a text is given. */
export async function setItem(
  ctx: WriteCtx,
  { id, itemId, wish: { scope, ...wish } }: Item & { wish: ItemWish & { scope?: Scope } },
): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write')
  const checklistItems = putItem(task.checklistItems, itemId, wish)
  if (!checklistItems.some((item) => item.id === itemId)) {
    throw new NotFound('tasks.item_not_found', 'This item is no longer on the checklist.')
  }
  refuseMoreThanFit(checklistItems.length)
  return editLocked(ctx, task, { checklistItems, scope })
}

/** An item that has gone already is no error. */
export async function removeItem(ctx: WriteCtx, { id, itemId, scope }: Item & { scope?: Scope }): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write')
  return editLocked(ctx, task, { checklistItems: dropItem(task.checklistItems, itemId), scope })
}

function refuseMoreThanFit(count: number): void {
  if (count <= LIST_LIMIT) return
  const detail = `A checklist has at most ${LIST_LIMIT} items.`
  throw new Invalid([{ path: 'itemId', message: 'is one item too many' }], 'tasks.checklist_full', detail)
}
