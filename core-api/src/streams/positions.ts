import { boardStream, userStream, workspaceStream } from '@taskflow/shared/names.ts'
import { ACCESS_JOINS, VISIBLE } from '../boards/boards.access.ts'
import type { Ctx, WriteCtx } from '../context.ts'

/** As many as fit into a header that every gateway takes. */
const BOARDS_LIMIT = 40

const SEEN = `select b.id from board b ${ACCESS_JOINS} where b.id = any($1::uuid[]) and ${VISIBLE} order by b.id limit $3`
// Whoever is just coming in is in no row yet.
const CLOSED = `select workspace_id as id from workspace_member
  where workspace_id = any($1::uuid[]) and user_id = $2 and role = 'guest'`

/**
 * Which of these streams an answer may name: never another person's, nor what the actor does not see. An act about the
 * workspace may touch hundreds of boards, also private ones; what touches one stream alone came through it.
 */
export async function nameable(ctx: Ctx, streams: Iterable<string>): Promise<Set<string>> {
  const own = ownOf(ctx, streams)
  return own.size < 2 || ctx.actor.kind === 'system' ? own : seenOf(ctx, own)
}

const ownOf = ({ actor }: Ctx, streams: Iterable<string>) =>
  new Set([...streams].filter((stream) => !stream.startsWith('u:') || stream === userStream(actor.id)))

async function seenOf(ctx: Ctx, own: Set<string>): Promise<Set<string>> {
  const { id } = ctx.actor
  const idsOf = (kind: 'b:' | 'w:') => [...own].flatMap((stream) => (stream.startsWith(kind) ? stream.slice(2) : []))
  const [boards, closed] = await Promise.all([
    ctx.tx.sql<{ id: string }>(SEEN, [idsOf('b:'), id, BOARDS_LIMIT]),
    ctx.tx.sql<{ id: string }>(CLOSED, [idsOf('w:'), id]),
  ])
  const hidden = new Set([...idsOf('b:').map(boardStream), ...closed.map((one) => workspaceStream(one.id))])
  for (const board of boards) hidden.delete(boardStream(board.id))
  return own.difference(hidden)
}

/** An act that no stream tells the actor of is answered with where their own stands: every answer names a position. */
export function nameOwn({ actor, unchanged }: WriteCtx, named: Set<string>): void {
  if (actor.kind === 'system') return
  const stream = userStream(actor.id)
  unchanged.add(stream)
  named.add(stream)
}

/** `b:…=7, w:…=3` without what may not be named. */
export async function namedIn(ctx: Ctx, positions: string): Promise<string> {
  const all = positions ? positions.split(', ') : []
  const streamOf = (position: string) => position.slice(0, position.lastIndexOf('='))
  const named = await seenOf(ctx, ownOf(ctx, all.map(streamOf)))
  return all.filter((position) => named.has(streamOf(position))).join(', ')
}

/** A stream in which nothing has happened yet is nowhere in the database. */
export const orStartOfOwn = ({ actor }: Ctx, positions: string): string =>
  positions || actor.kind === 'system' ? positions : `${userStream(actor.id)}=0`
