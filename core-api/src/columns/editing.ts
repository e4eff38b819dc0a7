import type { Column } from '@taskflow/shared/dto/board.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { recordOnBoard } from '../streams/record.ts'
import { type ColumnRow, toColumnDto } from './column.entity.ts'
import { lockColumnFor } from './columns.access.ts'
import { findColumnPosition, type Wish } from './placing.ts'

export type ColumnEdit = Partial<Pick<Column, 'name' | 'color' | 'wipLimit' | 'wipMode' | 'done'>>

/** What lies in a column stays open or closed as it is when `done` changes: only tasks that come or go follow it. */
export async function editColumn(ctx: WriteCtx, id: string, edit: ColumnEdit): Promise<Column> {
  const { column } = await lockColumnFor(ctx, id, 'column:write')
  const known = toColumnDto(column)
  const changes = Object.fromEntries(
    Object.entries(edit).filter(([field, value]) => value !== known[field as keyof ColumnEdit]),
  ) as ColumnEdit
  if (Object.keys(changes).length === 0) return unchanged(ctx, column)
  Object.assign(column, changes, { version: column.version + 1 })
  recordOnBoard(ctx, column, { type: 'column.updated', subject: id, data: { id, ...changes, version: column.version } })
  return toColumnDto(column)
}

export async function moveColumn(ctx: WriteCtx, id: string, wish: Wish): Promise<Column> {
  const { column } = await lockColumnFor(ctx, id, 'column:write')
  if (wish.before === id || wish.after === id) return unchanged(ctx, column)
  column.position = await findColumnPosition(ctx, { boardId: column.boardId, movingId: id, ...wish })
  column.version++
  const { position, version } = column
  recordOnBoard(ctx, column, { type: 'column.moved', subject: id, data: { id, position, version } })
  return toColumnDto(column)
}

function unchanged(ctx: WriteCtx, column: ColumnRow): Column {
  ctx.unchanged.add(boardStream(column.boardId))
  return toColumnDto(column)
}
