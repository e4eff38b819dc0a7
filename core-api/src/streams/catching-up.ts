import type { StreamPosition } from '@taskflow/shared/dto/board.ts'
import type { Ctx } from '../context.ts'
import type { Deps } from '../deps.ts'
import { Gone } from '../errors.ts'
import { ticketFor } from './tickets.ts'

export interface Position {
  epoch: string
  seq: number
}

interface After {
  epoch: string
  after: number
  limit: number
}

const POSITION = `
  select coalesce(s.epoch, i.epoch) as epoch, coalesce(s.seq, 0)::int as seq
  from installation i left join stream s on s.id = $1`

const POSITIONS = `
  select asked.id, coalesce(s.epoch, i.epoch) as epoch, coalesce(s.seq, 0)::int as seq
  from installation i cross join unnest($1::text[]) as asked (id) left join stream s on s.id = asked.id`

const FACTS = 'select epoch, head::int, facts from facts_of_stream($1, $2, $3)'

export async function positionOf(ctx: Ctx, stream: string): Promise<Position> {
  const [row] = await ctx.tx.sql<Position & Record<string, unknown>>(POSITION, [stream])
  return { epoch: row!.epoch, seq: row!.seq }
}

/** Where a reader stands who is given this view, with the right to hear what comes next. */
export async function positionWithTicket(ctx: Ctx, stream: string): Promise<StreamPosition> {
  const { epoch, seq } = await positionOf(ctx, stream)
  return { id: stream, epoch, seq, ticket: ticketFor(ctx, stream, seq) }
}

export async function positionsWithTickets(ctx: Ctx, streams: string[]): Promise<StreamPosition[]> {
  const rows = await ctx.tx.sql<Omit<StreamPosition, 'ticket'>>(POSITIONS, [streams])
  return rows.map(({ id, epoch, seq }) => ({ id, epoch, seq, ticket: ticketFor(ctx, id, seq) }))
}

interface Row {
  epoch: string
  head: number
  facts: string | null
}

/** `{ epoch, head, events }` as JSON text, on the same view of the database on which the right to read it was looked up. */
export async function factsFor(ctx: Ctx, stream: string, after: After) {
  const [row] = await ctx.tx.sql<Row & Record<string, unknown>>(FACTS, [stream, after.after, after.limit])
  return toPage(row!, after)
}

/** The same for a realtime node, which decides by itself who hears it. */
export async function factsAfter(deps: Deps, stream: string, after: After) {
  const values = [stream, after.after, after.limit]
  const { rows } = await deps.pool.query<Row>({ name: 'facts_after', text: FACTS, values })
  return toPage(rows[0]!, after)
}

/** Stored facts leave as they are, nothing is parsed. */
function toPage({ epoch: current, head, facts }: Row, { epoch, after }: After) {
  if (current !== epoch || after > head) {
    throw new Gone('streams.gone', 'This position is not known any more. Take the snapshot again.')
  }
  const text = `{"epoch":${JSON.stringify(current)},"head":${head},"events":[${facts ?? ''}]}`
  return { empty: facts === null, text }
}
