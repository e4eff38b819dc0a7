import type { Board, BoardRole } from '@taskflow/shared/dto/board.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import type { Ctx, WriteCtx } from '../context.ts'
import { Conflict, Forbidden, NotFound } from '../errors.ts'
import { demand } from '../members/members.access.ts'
import { permissionsOnBoard } from '../members/permissions.ts'
import { lockWorkspaceFor } from '../workspaces/workspaces.access.ts'

/** A row that was loaded through what the actor may see carries what they may do with it. */
export interface Access {
  role: string
  custom: string[] | null
  boardRole: BoardRole | null
  /** Where in the board's stream somebody last lost something. */
  acl: number
}

export type BoardRow = Board & Access

/** Joins the actor ($2) to board `b`; with VISIBLE in the condition, only boards that they may see remain. */
export const ACCESS_JOINS = `
  join workspace_member m on m.workspace_id = b.workspace_id and m.user_id = $2
  left join board_member bm on bm.board_id = b.id and bm.user_id = $2
  left join workspace_role r on r.workspace_id = m.workspace_id and r.key = m.role`
export const VISIBLE = `(bm.user_id is not null or (b.visibility = 'workspace' and m.role <> 'guest'))`
export const ACCESS_COLUMNS = `
  m.role, r.permissions as custom, bm.role as "boardRole",
  coalesce((select s.acl::int from stream s where s.id = 'b:' || b.id), 0) as acl`

export const BOARD_COLUMNS = `
  b.id, b.workspace_id as "workspaceId", b.key, b.name, b.description, b.visibility, iso(b.archived_at) as "archivedAt",
  b.created_by as "createdBy", iso(b.created_at) as "createdAt", b.version`

const BOARD = `select ${BOARD_COLUMNS}, ${ACCESS_COLUMNS} from board b ${ACCESS_JOINS} where b.id = $1 and ${VISIBLE}`

export async function findBoardFor(ctx: Ctx, boardId: string): Promise<BoardRow | null> {
  const [row] = await ctx.tx.sql<BoardRow>(BOARD, [boardId, ctx.actor.id])
  return row ?? null
}

/** The board, if the actor may see it and do `permission` on it. Changes to an archived board need `even: 'archived'`. */
export async function getBoardFor(ctx: Ctx, boardId: string, permission: string, even?: 'archived'): Promise<BoardRow> {
  const board = await findBoardFor(ctx, boardId)
  if (!board) throw new NotFound('boards.not_found', 'There is no such board.')
  demandOnBoard(ctx, board, permission)
  if (permission !== 'board:read' && !even) refuseArchived(board.archivedAt)
  return board
}

/**
 * The board is not locked, so the right to the act may be lost before the commit. That is looked at once more when the facts
 * are written, and the act begins anew where it may have happened.
 */
export function countOn(ctx: WriteCtx, boardId: string, { acl }: Access): void {
  const stream = boardStream(boardId)
  if (!ctx.countedOn.has(stream)) ctx.countedOn.set(stream, acl)
}

export const LOCK_BOARD = 'select from board where id = $1 for no key update'

/** The same, and nobody else changes the board until this transaction ends. */
export async function lockBoardFor(
  ctx: Ctx,
  boardId: string,
  permission: string,
  even?: 'archived',
): Promise<BoardRow> {
  await ctx.tx.sql(LOCK_BOARD, [boardId])
  return getBoardFor(ctx, boardId, permission, even)
}

/** The same, while nobody joins or leaves the workspace either: for acts that decide who sees the board. */
export async function lockBoardForSharing(
  ctx: Ctx,
  boardId: string,
  permission: string,
  even?: 'archived',
): Promise<BoardRow> {
  const { workspaceId } = await getBoardFor(ctx, boardId, permission, even)
  await lockWorkspaceFor(ctx, workspaceId)
  return lockBoardFor(ctx, boardId, permission, even)
}

/** A guest may edit what is on a board, but does not decide who sees it. */
export function refuseGuest({ role }: Access): void {
  if (role === 'guest') throw new Forbidden('access.forbidden', 'Guests do not decide who sees a board.')
}

export const demandOnBoard = (ctx: Ctx, { role, custom, boardRole }: Access, permission: string) =>
  demand(ctx.actor, permissionsOnBoard(role, custom, boardRole), permission)

export function refuseArchived(archivedAt: string | null): void {
  if (archivedAt) throw new Conflict('boards.archived', 'This board is archived. Restore it to change it.')
}
