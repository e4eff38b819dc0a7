import { noise, positionBetween } from '@taskflow/shared/board/position.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict, Invalid } from '../errors.ts'

/**
 * Where a card is wanted: next to a neighbour, or, with null, at the end (`before`) or the top (`after`) of the column.
 * Of two neighbours the second is asked only where the first has gone.
 */
export interface Wish {
  columnId: string
  before?: string | null
  after?: string | null
}

export interface Place {
  boardId: string
  columnId: string
  position: string
  /** Whether cards in this column count as done. */
  done: boolean
  hardLimit: number | null
  /** Which of the named neighbours lies in another column: an error, but not before one may know of the column. */
  elsewhere?: 'before' | 'after'
}

interface PlaceRow {
  boardId: string
  done: boolean
  hardLimit: number | null
  anchor?: string | null
  elsewhere?: boolean
  /** The card on the other side of the gap. */
  beyond: string | null
}

const LIVE = 't.deleted_at is null and t.archived_at is null'
const COLUMN = `c.board_id as "boardId", c.done, case c.wip_mode when 'hard' then c.wip_limit end as "hardLimit"`
const others = (what: string, bound = '') =>
  `(select ${what} from task t where t.column_id = c.id and ${LIVE} and t.id <> $2 ${bound}) as beyond`

const AT_END = `select ${COLUMN}, ${others('max(t.position)')} from board_column c where c.id = $1`
const AT_TOP = `select ${COLUMN}, ${others('min(t.position)')} from board_column c where c.id = $1`
const besides = (beyond: string) => `
  select ${COLUMN}, case when a.column_id = c.id then a.position end as anchor,
         a.column_id <> c.id and a.deleted_at is null and a.archived_at is null as elsewhere, ${beyond}
  from board_column c left join task a on a.id = $3 and a.board_id = c.board_id where c.id = $1`
const BEFORE = besides(others('max(t.position)', 'and t.position < a.position'))
const AFTER = besides(others('min(t.position)', 'and t.position > a.position'))

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The place that is meant, computed by the server between the neighbours of this moment; null if there is no such column. */
export async function findPlace(ctx: WriteCtx, wish: Wish, movingId: string = NOBODY): Promise<Place | null> {
  const sides = (['before', 'after'] as const).filter((side) => wish[side] !== undefined)
  const values = [wish.columnId, movingId]
  for (const side of sides) {
    const neighbour = wish[side]
    if (!neighbour || neighbour === movingId) continue
    const [row] = await ctx.tx.sql<PlaceRow & Record<string, unknown>>(side === 'before' ? BEFORE : AFTER, [
      ...values,
      neighbour,
    ])
    if (row?.elsewhere) return { ...placeIn(wish.columnId, row, side, null), elsewhere: side }
    if (row?.anchor) return placeIn(wish.columnId, row, side, row.anchor)
  }
  const side = sides.find((one) => wish[one] === null) ?? sides[0] ?? 'before'
  const [row] = await ctx.tx.sql<PlaceRow & Record<string, unknown>>(side === 'before' ? AT_END : AT_TOP, values)
  return row ? placeIn(wish.columnId, row, side, null) : null
}

export function refuseElsewhere(side: 'before' | 'after' | null | undefined): void {
  if (!side) return
  throw new Invalid([{ path: side, message: 'is a task in another column' }], 'tasks.neighbour_elsewhere')
}

function placeIn(columnId: string, row: PlaceRow, side: 'before' | 'after', anchor: string | null): Place {
  const [lower, upper] = side === 'before' ? [row.beyond, anchor] : [anchor, row.beyond]
  const position = positionBetween(lower, upper, noise())
  return { boardId: row.boardId, columnId, position, done: row.done, hardLimit: row.hardLimit }
}

/** Holds the column until the commit, so that fifty who come at once do not all find the last free place. */
export async function refuseOverLimit(ctx: WriteCtx, place: Place): Promise<void> {
  if (place.hardLimit === null) return
  await ctx.tx.sql('select from board_column where id = $1 for no key update', [place.columnId])
  const [row] = await ctx.tx.sql<{ count: number }>(
    `select count(*)::int as count from task t where t.column_id = $1 and ${LIVE}`,
    [place.columnId],
  )
  if (row!.count < place.hardLimit) return
  throw new Conflict('columns.limit_reached', `This column holds at most ${place.hardLimit} tasks.`, {
    errors: [{ path: 'columnId', message: 'is full' }],
  })
}
