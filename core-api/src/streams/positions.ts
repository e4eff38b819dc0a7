import { boardStream, userStream } from '@taskflow/shared/names.ts'
import { ACCESS_JOINS, VISIBLE } from '../boards/boards.access.ts'
import type { Ctx, WriteCtx } from '../context.ts'

/** As many as fit into a header that every gateway takes. */
const BOARDS_LIMIT = 40

const SEEN = `select b.id from board b ${ACCESS_JOINS} where b.id = any($1::uuid[]) and ${VISIBLE} order by b.id limit $3`

/**
 * Which of these streams an answer may name: never another person's. An act about the workspace may touch hundreds of
 * boards, also private ones that the actor does not see.
 */
export async function nameable(ctx: Ctx, streams: string[]): Promise<Set<string>> {
  const { id, kind } = ctx.actor
  const own = streams.filter((stream) => !stream.startsWith('u:') || stream === userStream(id))
  const boards = own.filter((stream) => stream.startsWith('b:'))
  if (boards.length < 2 || boards.length === own.length || kind === 'system') return new Set(own)
  const ids = boards.map((stream) => stream.slice(2))
  const seen = await ctx.tx.sql<{ id: string }>(SEEN, [ids, id, BOARDS_LIMIT])
  return new Set([...own.filter((stream) => !boards.includes(stream)), ...seen.map((board) => boardStream(board.id))])
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
  const named = await nameable(ctx, all.map(streamOf))
  return all.filter((position) => named.has(streamOf(position))).join(', ')
}

/** A stream in which nothing has happened yet is nowhere in the database. */
export const orStartOfOwn = ({ actor }: Ctx, positions: string): string =>
  positions || actor.kind === 'system' ? positions : `${userStream(actor.id)}=0`
