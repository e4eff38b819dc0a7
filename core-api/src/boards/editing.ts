import type { Board } from '@taskflow/shared/dto/board.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict } from '../errors.ts'
import { recordOnBoard } from '../streams/record.ts'
import { demandFreeKey } from './board-key.ts'
import { type BoardRow, lockBoardFor, lockBoardForSharing, refuseGuest } from './boards.access.ts'
import { closeToOthers, openToAll } from './opening.ts'
import { type BoardChanges, saveBoard, unchanged } from './saving.ts'
import { recordInLists } from './telling.ts'

export type BoardEdit = Partial<Pick<Board, 'name' | 'description' | 'key' | 'visibility'>>

/** `version` is the one that the text was written on. */
export async function editBoard(
  ctx: WriteCtx,
  id: string,
  { version, ...edit }: BoardEdit & { version?: number },
): Promise<Board> {
  const lock = edit.visibility ? lockBoardForSharing : lockBoardFor
  const board = await lock(ctx, id, 'board:write')
  const changes = whatChanges(board, edit)
  if (changes.description !== undefined && version !== undefined && version !== board.version) throw staleText(board)
  if (Object.keys(changes).length === 0) return unchanged(ctx, board)
  if (changes.key) await demandFreeKey(ctx, board.workspaceId, changes.key)
  if (changes.visibility) {
    refuseGuest(board)
    return (changes.visibility === 'private' ? closeToOthers : openToAll)(ctx, board, changes)
  }
  const saved = saveBoard(ctx, board, changes)
  await recordChange(ctx, saved, 'board.updated', changes)
  return saved
}

export async function archiveBoard(ctx: WriteCtx, id: string): Promise<Board> {
  const board = await lockBoardFor(ctx, id, 'board:write', 'archived')
  if (board.archivedAt) return unchanged(ctx, board)
  const saved = saveBoard(ctx, board, { archivedAt: ctx.now })
  await recordChange(ctx, saved, 'board.archived', { archivedAt: ctx.now })
  return saved
}

export async function restoreBoard(ctx: WriteCtx, id: string): Promise<Board> {
  const board = await lockBoardFor(ctx, id, 'board:write', 'archived')
  if (!board.archivedAt) return unchanged(ctx, board)
  const saved = saveBoard(ctx, board, { archivedAt: null })
  const fact = { type: 'board.restored' as const, subject: id, data: saved }
  recordOnBoard(ctx, { ...saved, boardId: id }, fact)
  await recordInLists(ctx, saved, fact)
  return saved
}

/** Whoever wrote on another text gets the current one back, so that nobody's words are lost. */
const staleText = ({ description, version }: Board) =>
  new Conflict('boards.conflict', 'Somebody else changed this board in the meantime.', {
    members: { current: { description, version } },
  })

async function recordChange(
  ctx: WriteCtx,
  { id, workspaceId, visibility, version }: Board,
  type: 'board.updated' | 'board.archived',
  changes: BoardChanges,
): Promise<void> {
  const fact = { type, subject: id, data: { id, ...changes, version } }
  recordOnBoard(ctx, { workspaceId, boardId: id }, fact)
  await recordInLists(ctx, { id, workspaceId, visibility }, fact)
}

const whatChanges = (board: BoardRow, edit: BoardEdit): BoardEdit =>
  Object.fromEntries(Object.entries(edit).filter(([field, value]) => value !== board[field as keyof BoardEdit]))
