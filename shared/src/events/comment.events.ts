import { z } from 'zod'
import { Comment } from '../dto/task.ts'
import { Id } from '../dto/user.ts'

/** `commentCount` is the task's count after the act. */
export const commentEvents = {
  'comment.created': Comment.extend({ commentCount: z.int() }),
  'comment.updated': Comment.partial().extend({ id: Id, taskId: Id }),
  'comment.deleted': z.object({ id: Id, taskId: Id, commentCount: z.int() }),
} as const
