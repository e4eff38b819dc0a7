import { ACCESS_JOINS, VISIBLE } from '../boards/boards.access.ts'
import type { WriteCtx } from '../context.ts'
import { NotFound } from '../errors.ts'
import { lockTaskFor, type TaskRow } from '../tasks/tasks.access.ts'
import { CommentEntity } from './comment.entity.ts'

const TASK_OF_COMMENT = `
  select c.task_id as "taskId"
  from comment c join task t on t.id = c.task_id join board b on b.id = t.board_id ${ACCESS_JOINS}
  where c.id = $1 and ${VISIBLE}`

/** A comment with its task, which is locked: whatever is decided about either stays true until the commit. */
export async function lockCommentFor(ctx: WriteCtx, id: string, permission: string) {
  const [found] = await ctx.tx.sql<{ taskId: string }>(TASK_OF_COMMENT, [id, ctx.actor.id])
  if (!found) throw noSuchComment()
  const task: TaskRow = await lockTaskFor(ctx, found.taskId, permission)
  const comment = await ctx.tx.em.findOne(CommentEntity, { id, taskId: task.id })
  if (!comment) throw noSuchComment()
  return { comment, task }
}

const noSuchComment = () => new NotFound('comments.not_found', 'There is no such comment.')
