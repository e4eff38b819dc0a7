import type { Board } from '@taskflow/shared/dto/board.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { toBoardDto } from './board.dto.ts'
import type { BoardRow } from './boards.access.ts'

export type BoardChanges = Partial<Pick<Board, 'name' | 'description' | 'key' | 'visibility' | 'archivedAt'>>

const SAVE = `
  update board set name = $2, description = $3, key = $4, visibility = $5, archived_at = $6, version = $7 where id = $1`

/** Writes the changes to a locked board with the next version, to leave with the commit; answers it as it will be. */
export function saveBoard(ctx: WriteCtx, board: BoardRow, changes: BoardChanges): Board {
  const saved: Board = { ...toBoardDto(board), ...changes, version: board.version + 1 }
  const { id, name, description, key, visibility, archivedAt, version } = saved
  ctx.tx.later(SAVE, [id, name, description, key, visibility, archivedAt, version])
  return saved
}

export function unchanged(ctx: WriteCtx, board: BoardRow): Board {
  ctx.unchanged.add(boardStream(board.id))
  return toBoardDto(board)
}
