import { byPosition, noise, positionBetween } from '@taskflow/shared/board/position.ts'
import type { WriteCtx } from '../context.ts'

/** Next to a neighbour, or, with null, at the right end (`before`) or the left (`after`); neither is the right end. */
export interface Wish {
  before?: string | null
  after?: string | null
}

const OTHERS = 'select id, position from board_column where board_id = $1 and id <> $2'

/** The order key of the place that is meant among the board's other columns. A neighbour that has gone means the end. */
export async function findColumnPosition(
  ctx: WriteCtx,
  { boardId, movingId, before, after }: Wish & { boardId: string; movingId: string },
): Promise<string> {
  const others = (await ctx.tx.sql<{ id: string; position: string }>(OTHERS, [boardId, movingId])).sort(byPosition)
  const at = before === undefined && after !== undefined ? rightOf(after) : leftOf(before)
  return positionBetween(others[at - 1]?.position ?? null, others[at]?.position ?? null, noise())

  function leftOf(id: string | null | undefined): number {
    const index = others.findIndex((column) => column.id === id)
    return index < 0 ? others.length : index
  }

  function rightOf(id: string | null): number {
    return id === null ? 0 : leftOf(id) + (others.some((column) => column.id === id) ? 1 : 0)
  }
}
