import type { Board } from '@taskflow/shared/dto/board.ts'
import type { EventData, EventType } from '@taskflow/shared/events/all.ts'
import type { WriteCtx } from '../context.ts'
import { recordForUser, recordInWorkspace, recordOnBoard } from '../streams/record.ts'

interface Told<Type extends EventType> {
  type: Type
  subject?: string
  data: EventData<Type>
}

/** Tells the workspace and each of its boards, also the archived ones. The workspace must be locked. */
export async function recordOnAll<Type extends EventType>(
  ctx: WriteCtx,
  workspaceId: string,
  fact: Told<Type>,
): Promise<void> {
  recordInWorkspace(ctx, workspaceId, fact)
  const boards = await ctx.tx.sql<{ id: string }>('select id from board where workspace_id = $1', [workspaceId])
  for (const { id } of boards) recordOnBoard(ctx, { workspaceId, boardId: id }, fact)
}

const ON_BOARD = `
  select bm.user_id as id, m.role from board_member bm
  join workspace_member m on m.workspace_id = bm.workspace_id and m.user_id = bm.user_id
  where bm.board_id = $1`

/**
 * Tells of a board where people list their boards. The workspace's stream does not mention private boards, and guests
 * do not read it: those whom it leaves out are told in their own.
 */
export async function recordInLists<Type extends EventType>(
  ctx: WriteCtx,
  board: Pick<Board, 'id' | 'workspaceId' | 'visibility'>,
  fact: Told<Type>,
): Promise<void> {
  const told = { subject: board.id, ...fact }
  const isOpen = board.visibility === 'workspace'
  if (isOpen) recordInWorkspace(ctx, board.workspaceId, told)
  const people = await ctx.tx.sql<{ id: string; role: string }>(ON_BOARD, [board.id])
  for (const { id, role } of people) if (!isOpen || role === 'guest') recordForUser(ctx, id, told)
}
