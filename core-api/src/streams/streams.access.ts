import { parseStream } from '@taskflow/shared/names.ts'
import { findBoardFor } from '../boards/boards.access.ts'
import type { Ctx } from '../context.ts'
import { NotFound } from '../errors.ts'
import { findMembership } from '../members/members.access.ts'

/** The stream, if the actor may read it; everybody else is told that there is none. */
export async function getStreamFor(ctx: Ctx, id: string): Promise<string> {
  const stream = parseStream(id)
  if (stream && (await isReadable(ctx, stream.kind, stream.id))) return id
  throw new NotFound('streams.not_found', 'There is no such stream.')
}

async function isReadable(ctx: Ctx, kind: 'board' | 'workspace' | 'user', id: string): Promise<boolean> {
  if (kind === 'user') return ctx.actor.id === id && ctx.actor.kind === 'user'
  if (kind === 'board') return (await findBoardFor(ctx, id)) !== null
  const membership = await findMembership(ctx, id)
  return membership !== null && membership.role !== 'guest'
}
