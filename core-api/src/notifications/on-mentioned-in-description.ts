import { listNewlyMentioned } from '../comments/mentions.ts'
import type { Reaction } from '../streams/reactions.ts'
import { aboutTask, excerptOf } from './news.ts'

/** Whoever a task's text calls now and did not before. */
export const onMentionedInDescription: Reaction<'task.created' | 'task.updated'> = async (ctx, fact) => {
  const { type, data, about } = fact
  if (!data.description?.includes('@') || ctx.actor.kind === 'system') return
  const { task, before } = about!
  const userIds = await listNewlyMentioned(ctx, task.boardId, data.description, before?.description ?? '')
  if (userIds.length === 0) return
  return [{ subject: aboutTask(task), reason: 'mentioned', type, userIds, excerpt: excerptOf(data.description) }]
}
