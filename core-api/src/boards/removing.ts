import type { WriteCtx } from '../context.ts'
import { recordOnBoard } from '../streams/record.ts'
import { demandOnBoard, lockBoardFor } from './boards.access.ts'
import { recordInLists } from './telling.ts'

/** Removes a board with everything on it. Its stream ends with this fact; nobody may read it afterwards. */
export async function removeBoard(ctx: WriteCtx, id: string): Promise<void> {
  const board = await lockBoardFor(ctx, id, 'board:read', 'archived')
  demandOnBoard(ctx, board, board.createdBy === ctx.actor.id ? 'board:write' : 'board:delete')
  const fact = { type: 'board.deleted' as const, subject: id, data: { id, reason: 'deleted' as const } }
  recordOnBoard(ctx, { workspaceId: board.workspaceId, boardId: id }, fact)
  await recordInLists(ctx, board, fact)
  ctx.tx.later('delete from board where id = $1', [id])
}
