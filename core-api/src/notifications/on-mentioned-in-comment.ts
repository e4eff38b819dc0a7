import type { Reaction } from '../streams/reactions.ts'
import { aboutTask, excerptOf } from './news.ts'

/** Whoever a comment calls; of a changed comment, those whom it calls now and did not before. */
export const onMentionedInComment: Reaction<'comment.created' | 'comment.updated'> = (_ctx, { type, data, about }) => {
  const userIds = ('newlyMentionedIds' in data ? data.newlyMentionedIds : data.mentionIds) ?? []
  if (userIds.length === 0 || (type === 'comment.updated' && !('newlyMentionedIds' in data))) return
  const excerpt = excerptOf(data.body ?? '')
  return [{ subject: aboutTask(about!.task), reason: 'mentioned', type, userIds, excerpt, commentId: data.id }]
}
