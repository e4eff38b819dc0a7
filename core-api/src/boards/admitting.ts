import type { Board, BoardMember, BoardRole } from '@taskflow/shared/dto/board.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict, NotFound } from '../errors.ts'
import { recordForUser, recordOnBoard } from '../streams/record.ts'
import { dropFromTasks } from './unassigning.ts'
import { toBoardDto } from './board.dto.ts'
import { type BoardRow, lockBoardForSharing, refuseGuest } from './boards.access.ts'
import { holdPerson, type Person, toBoardMember } from './boards.queries.ts'
import { unchanged } from './saving.ts'

/** Names somebody of the workspace on the board, or changes what they may do there. */
export async function admitToBoard(
  ctx: WriteCtx,
  { id, userId, role }: { id: string; userId: string; role?: BoardRole },
): Promise<BoardMember> {
  const board = await lockBoardForSharing(ctx, id, 'board:write', 'archived')
  refuseGuest(board)
  const person = await getPerson(ctx, id, userId)
  const boardRole = role ?? person.boardRole ?? (person.role === 'guest' ? 'viewer' : 'editor')
  const member = { ...toBoardMember(person), boardRole }
  if (person.boardRole === boardRole) {
    unchanged(ctx, board)
    return member
  }
  if (boardRole !== 'editor') await keepAnEditor(ctx, board, person)
  saveBoardMember(ctx, board, member)
  recordAdmission(ctx, board, person, member)
  return member
}

function recordAdmission(ctx: WriteCtx, board: BoardRow, person: Person, member: BoardMember): void {
  const { id: userId, boardRole } = member
  const { id: boardId, workspaceId } = board
  const at = { workspaceId, boardId }
  if (person.sees) recordOnBoard(ctx, at, { type: 'member.changed', subject: userId, data: { id: userId, boardRole } })
  else recordOnBoard(ctx, at, { type: 'access.granted', subject: userId, data: { userId, boardId, member } })
  const data = { userId, workspaceId, boardId, member, board: toBoardDto(board) }
  recordForUser(ctx, userId, { type: 'access.granted', subject: boardId, data })
}

/** Takes somebody off the board; anybody may go by themselves. Who sees it as a member of the workspace still does. */
export async function dismissFromBoard(ctx: WriteCtx, { id, userId }: { id: string; userId: string }): Promise<void> {
  const leaving = userId === ctx.actor.id
  const board = await lockBoardForSharing(ctx, id, leaving ? 'board:read' : 'board:write', 'archived')
  if (!leaving) refuseGuest(board)
  const person = await getPerson(ctx, id, userId)
  if (person.boardRole === null) return void unchanged(ctx, board)
  await keepAnEditor(ctx, board, person)
  ctx.tx.later('delete from board_member where board_id = $1 and user_id = $2', [id, userId])
  await recordDismissal(ctx, board, person)
}

async function recordDismissal(ctx: WriteCtx, board: BoardRow, { id: userId, role }: Person): Promise<void> {
  const { id: boardId, workspaceId } = board
  const at = { workspaceId, boardId }
  if (board.visibility === 'workspace' && role !== 'guest') {
    return recordOnBoard(ctx, at, { type: 'member.changed', subject: userId, data: { id: userId, boardRole: null } })
  }
  await dropFromTasks(ctx, [boardId], [userId])
  const data = { userId, acl: 0, boardId }
  recordOnBoard(ctx, at, { type: 'access.revoked', subject: userId, data: { ...data, userIds: [userId] } })
  recordForUser(ctx, userId, { type: 'access.revoked', subject: boardId, data: { ...data, userIds: [], workspaceId } })
}

export function saveBoardMember(
  ctx: WriteCtx,
  { id, workspaceId }: Pick<Board, 'id' | 'workspaceId'>,
  { id: userId, boardRole }: Pick<BoardMember, 'id' | 'boardRole'>,
): void {
  ctx.tx.later(
    `insert into board_member (workspace_id, board_id, user_id, role) values ($1, $2, $3, $4)
     on conflict (board_id, user_id) do update set role = excluded.role`,
    [workspaceId, id, userId, boardRole],
  )
}

const OTHER_EDITORS = `select from board_member where board_id = $1 and user_id <> $2 and role = 'editor' limit 1`

/** A private board that nobody can edit or share any more would be lost. */
async function keepAnEditor(ctx: WriteCtx, { id, visibility }: BoardRow, person: Person): Promise<void> {
  if (visibility === 'workspace' || person.boardRole !== 'editor') return
  if ((await ctx.tx.sql(OTHER_EDITORS, [id, person.id])).length > 0) return
  throw new Conflict('boards.last_editor', 'This is the last person who can edit this private board.')
}

async function getPerson(ctx: WriteCtx, boardId: string, userId: string): Promise<Person> {
  const person = await holdPerson(ctx, boardId, userId)
  if (person) return person
  throw new NotFound('members.not_found', 'There is no such person in this workspace.')
}
