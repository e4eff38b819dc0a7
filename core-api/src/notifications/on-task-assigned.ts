import type { Reaction } from '../streams/reactions.ts'
import { aboutTask } from './news.ts'

/** Whoever is put on a task hears of it, when it is made or later. */
export const onTaskAssigned: Reaction<'task.created' | 'task.updated'> = (_ctx, { type, about }) => {
  const { task, before } = about!
  if (task.assigneeIds === before?.assigneeIds) return
  const userIds = task.assigneeIds.filter((id) => !before?.assigneeIds.includes(id))
  if (userIds.length > 0) return [{ subject: aboutTask(task), reason: 'assigned', type, userIds }]
}
