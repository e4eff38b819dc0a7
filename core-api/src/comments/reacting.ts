import type { Comment } from '@taskflow/shared/dto/task.ts'
import type { WriteCtx } from '../context.ts'
import { Invalid, Unprocessable } from '../errors.ts'
import { recordOnTask } from '../tasks/changing.ts'
import { toCommentDto } from './comment.dto.ts'
import { unchanged } from './commenting.ts'
import { lockCommentFor } from './comments.access.ts'
import { toEmoji } from './emoji.ts'

const KINDS_LIMIT = 20

interface Reaction {
  id: string
  emoji: string
}

export async function addReaction(ctx: WriteCtx, { id, emoji: text }: Reaction): Promise<Comment> {
  const emoji = demandEmoji(text)
  const locked = await lockCommentFor(ctx, id, 'comment:write')
  const { [emoji]: people = [], ...others } = locked.comment.reactions
  if (people.includes(ctx.actor.id)) return unchanged(ctx, locked.task, locked.comment)
  if (Object.keys(others).length >= KINDS_LIMIT) {
    throw new Unprocessable('comments.too_many_reactions', `A comment takes ${KINDS_LIMIT} kinds of reactions.`)
  }
  return setReactions(ctx, locked, { ...locked.comment.reactions, [emoji]: [...people, ctx.actor.id] })
}

export async function removeReaction(ctx: WriteCtx, { id, emoji: text }: Reaction): Promise<Comment> {
  const emoji = demandEmoji(text)
  const locked = await lockCommentFor(ctx, id, 'comment:write')
  const { [emoji]: people = [], ...others } = locked.comment.reactions
  if (!people.includes(ctx.actor.id)) return unchanged(ctx, locked.task, locked.comment)
  const left = people.filter((one) => one !== ctx.actor.id)
  return setReactions(ctx, locked, left.length > 0 ? { ...locked.comment.reactions, [emoji]: left } : others)
}

function demandEmoji(text: string): string {
  const emoji = toEmoji(text)
  if (emoji) return emoji
  throw new Invalid([{ path: 'emoji', message: 'must be one emoji' }])
}

function setReactions(
  ctx: WriteCtx,
  { comment, task }: Awaited<ReturnType<typeof lockCommentFor>>,
  reactions: Comment['reactions'],
): Comment {
  comment.reactions = reactions
  recordOnTask(ctx, task, 'comment.updated', { id: comment.id, taskId: task.id, reactions })
  return toCommentDto(comment)
}
