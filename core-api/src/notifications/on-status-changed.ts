import type { Reaction } from '../streams/reactions.ts'
import { aboutTask } from './news.ts'

/** To another column, closed or open again: those who work on it and those who watch it hear of it. */
export const onStatusChanged: Reaction<'task.moved' | 'task.closed' | 'task.reopened'> = (_ctx, { type, about }) => {
  const { task, before } = about!
  if (task.columnId === before?.columnId && task.closedAt === before.closedAt) return
  const userIds = [...new Set([...task.assigneeIds, ...task.watcherIds])]
  if (userIds.length === 0) return
  return [{ subject: aboutTask(task), reason: 'status_changed', type, userIds, columnId: task.columnId }]
}
