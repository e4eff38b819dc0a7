import type { Reaction } from '../streams/reactions.ts'
import { aboutTask, excerptOf } from './news.ts'

/** Those whose task it is, and all who watch it: whoever has commented does, until they no longer want to. */
export const onCommented: Reaction<'comment.created'> = (_ctx, { type, data, about }) => {
  const { task } = about!
  const userIds = [...new Set([...task.assigneeIds, ...task.watcherIds, ...(task.createdBy ? [task.createdBy] : [])])]
  const excerpt = excerptOf(data.body)
  return [{ subject: aboutTask(task), reason: 'commented', type, userIds, excerpt, commentId: data.id }]
}
