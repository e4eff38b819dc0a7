import type { Column } from '@taskflow/shared/dto/board.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import { lockBoardFor } from '../boards/boards.access.ts'
import type { WriteCtx } from '../context.ts'
import { demandRoom } from '../quotas.ts'
import { recordOnBoard } from '../streams/record.ts'
import { ColumnEntity, toColumnDto } from './column.entity.ts'
import { findColumnPosition, type Wish } from './placing.ts'

export interface NewColumn extends Wish {
  id?: string
  name: string
  color?: Column['color']
  wipLimit?: number | null
  wipMode?: Column['wipMode']
  done?: boolean
}

export async function createColumn(ctx: WriteCtx, boardId: string, input: NewColumn): Promise<Column> {
  const board = await lockBoardFor(ctx, boardId, 'column:write')
  const { before, after, id = newId(), ...wanted } = input
  const known = await ctx.tx.em.findOne(ColumnEntity, { id, boardId })
  if (known) {
    ctx.unchanged.add(boardStream(boardId))
    return toColumnDto(known)
  }
  await demandRoom(ctx, 'columns', boardId)
  const column = ctx.tx.em.create(ColumnEntity, {
    id,
    workspaceId: board.workspaceId,
    boardId,
    position: await findColumnPosition(ctx, { boardId, movingId: id, before, after }),
    color: null,
    wipLimit: null,
    wipMode: 'soft',
    done: false,
    version: 1,
    ...wanted,
  })
  const { workspaceId } = board
  recordOnBoard(ctx, { workspaceId, boardId }, { type: 'column.created', subject: id, data: toColumnDto(column) })
  return toColumnDto(column)
}
