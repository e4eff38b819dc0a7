import { z } from 'zod'
import { Comment } from '../dto/task.ts'
import { Id } from '../dto/user.ts'

/** `commentCount` is the task's count after the act. */
export const commentEvents = {
  /** `watcherIds` are the task's watchers, if the comment made its author one. */
  'comment.created': Comment.extend({ commentCount: z.int(), watcherIds: z.array(Id).optional() }),
  'comment.updated': Comment.partial().extend({ id: Id, taskId: Id, newlyMentionedIds: z.array(Id).optional() }),
  'comment.deleted': z.object({ id: Id, taskId: Id, commentCount: z.int() }),
} as const
