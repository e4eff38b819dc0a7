import { isDeepStrictEqual } from 'node:util'
import type { Comment } from '@taskflow/shared/dto/task.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import { demandOnBoard } from '../boards/boards.access.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict, Forbidden } from '../errors.ts'
import { recordOnTask } from '../tasks/changing.ts'
import { lockTaskFor, type TaskRow } from '../tasks/tasks.access.ts'
import { type CommentRow, toCommentDto } from './comment.dto.ts'
import { CommentEntity } from './comment.entity.ts'
import { lockCommentFor } from './comments.access.ts'
import { listMentioned } from './mentions.ts'

export interface NewComment {
  id?: string
  body: string
  mentionIds?: string[]
}

/** Adds a comment; whoever comments hears from now on what happens to the task. */
export async function commentTask(ctx: WriteCtx, taskId: string, input: NewComment): Promise<Comment> {
  const task = await lockTaskFor(ctx, taskId, 'comment:write')
  const known = input.id === undefined ? null : await ctx.tx.em.findOne(CommentEntity, { id: input.id })
  if (known?.taskId === task.id && known.authorId === ctx.actor.id) return unchanged(ctx, task, known)
  if (known) throw idTaken()
  const comment = ctx.tx.em.create(CommentEntity, {
    id: input.id ?? newId(),
    workspaceId: task.workspaceId,
    taskId: task.id,
    authorId: ctx.actor.id,
    body: input.body,
    mentionIds: await listMentioned(ctx, task.boardId, input.body, input.mentionIds),
    reactions: {},
    createdAt: new Date(ctx.now),
  })
  const isWatching = task.watcherIds.includes(ctx.actor.id)
  const watcherIds = isWatching ? task.watcherIds : [...task.watcherIds, ctx.actor.id]
  const commentCount = count(ctx, task, 1, watcherIds)
  const data = { ...toCommentDto(comment), commentCount, ...(!isWatching && { watcherIds }) }
  recordOnTask(ctx, task, 'comment.created', data)
  return toCommentDto(comment)
}

export async function editComment(
  ctx: WriteCtx,
  id: string,
  { body, mentionIds: named }: Omit<NewComment, 'id'>,
): Promise<Comment> {
  const { comment, task } = await lockCommentFor(ctx, id, 'comment:write')
  if (comment.authorId !== ctx.actor.id) {
    throw new Forbidden('comments.not_yours', 'Only its author can change a comment.')
  }
  const mentionIds = await listMentioned(ctx, task.boardId, body, named)
  if (body === comment.body && isDeepStrictEqual(mentionIds, comment.mentionIds)) return unchanged(ctx, task, comment)
  const newlyMentionedIds = mentionIds.filter((one) => !comment.mentionIds.includes(one))
  Object.assign(comment, { body, mentionIds, editedAt: new Date(ctx.now) })
  const data = { id, taskId: task.id, body, mentionIds, newlyMentionedIds, editedAt: ctx.now }
  recordOnTask(ctx, task, 'comment.updated', data)
  return toCommentDto(comment)
}

/** Authors remove their own comments; those of others, only who looks after the whole board. */
export async function removeComment(ctx: WriteCtx, id: string): Promise<void> {
  const { comment, task } = await lockCommentFor(ctx, id, 'comment:write')
  if (comment.authorId !== ctx.actor.id) demandOnBoard(ctx, task, 'board:moderate')
  ctx.tx.em.remove(comment)
  recordOnTask(ctx, task, 'comment.deleted', { id, taskId: task.id, commentCount: count(ctx, task, -1) })
}

export function unchanged(ctx: WriteCtx, task: TaskRow, comment: CommentRow): Comment {
  ctx.unchanged.add(boardStream(task.boardId))
  return toCommentDto(comment)
}

/** The task is locked: fifty who comment at once are counted one after the other. */
function count(ctx: WriteCtx, task: TaskRow, change: 1 | -1, watcherIds = task.watcherIds): number {
  const commentCount = Math.max(0, task.commentCount + change)
  ctx.tx.later('update task set comment_count = $2, watcher_ids = $3 where id = $1', [
    task.id,
    commentCount,
    watcherIds,
  ])
  return commentCount
}

const idTaken = () =>
  new Conflict('comments.id_taken', 'This id is in use already.', {
    errors: [{ path: 'id', message: 'is in use already' }],
  })
