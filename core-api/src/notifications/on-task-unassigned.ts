import type { Reaction } from '../streams/reactions.ts'
import { aboutTask } from './news.ts'

export const onTaskUnassigned: Reaction<'task.updated'> = (_ctx, { about }) => {
  const { task, before } = about!
  if (!before || task.assigneeIds === before.assigneeIds) return
  const userIds = before.assigneeIds.filter((id) => !task.assigneeIds.includes(id))
  if (userIds.length > 0) return [{ subject: aboutTask(task), reason: 'unassigned', type: 'task.unassigned', userIds }]
}
