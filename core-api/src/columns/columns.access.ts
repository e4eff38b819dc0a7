import { type BoardRow, findBoardFor, lockBoardFor } from '../boards/boards.access.ts'
import type { WriteCtx } from '../context.ts'
import { NotFound } from '../errors.ts'
import { ColumnEntity, type ColumnRow } from './column.entity.ts'

/** The column and its board, both locked, with the right to change the column. */
export async function lockColumnFor(
  ctx: WriteCtx,
  id: string,
  permission: string,
): Promise<{ column: ColumnRow; board: BoardRow }> {
  const found = await ctx.tx.em.findOne(ColumnEntity, { id })
  if (!found || !(await findBoardFor(ctx, found.boardId))) throw noSuchColumn()
  const board = await lockBoardFor(ctx, found.boardId, permission)
  const column = await findLocked(ctx, { id })
  if (!column) throw noSuchColumn()
  return { column, board }
}

/** Tasks may come into the column meanwhile: its key stays what it is. */
export async function findLocked(ctx: WriteCtx, where: { id: string; boardId?: string }): Promise<ColumnRow | null> {
  await ctx.tx.sql('select from board_column where id = $1 for no key update', [where.id])
  return ctx.tx.em.findOne(ColumnEntity, where, { refresh: true })
}

const noSuchColumn = () => new NotFound('columns.not_found', 'There is no such column.')
