import type { BoardRole } from '@taskflow/shared/dto/board.ts'
import type { UserRef } from '@taskflow/shared/dto/user.ts'
import type { WriteCtx } from '../context.ts'
import { demandRoom } from '../quotas.ts'
import { recordForUser, recordInWorkspace } from '../streams/record.ts'
import { recordOnBoards } from './board-access.ts'

interface Invited {
  workspaceId: string
  role: string
  invitedTo: { boardId: string; role: BoardRole } | null
}

/** The actor comes into a workspace. The workspace must be locked. */
export async function joinWorkspace(ctx: WriteCtx, { workspaceId, role, invitedTo }: Invited): Promise<void> {
  await demandRoom(ctx, 'members', workspaceId)
  const person = await lockPerson(ctx)
  await recordOnBoards(ctx, { workspaceId, person, from: null, to: role, invitedTo })
  insertMember(ctx, { workspaceId, userId: person.id, role })
  if (invitedTo) insertBoardMember(ctx, workspaceId, invitedTo)
  const data = { ...person, role, joinedAt: ctx.now, workspaceId }
  recordInWorkspace(ctx, workspaceId, { type: 'member.joined', subject: person.id, data })
  recordForUser(ctx, person.id, {
    type: 'access.granted',
    data: { userId: person.id, workspaceId, ...(invitedTo && { boardId: invitedTo.boardId }) },
  })
}

/** The actor, who belongs to the workspace already, is let in to one of its boards; false if that says nothing new. */
export async function joinBoard(ctx: WriteCtx, { workspaceId, role, invitedTo }: Invited): Promise<boolean> {
  if (!invitedTo) return false
  const [known] = await ctx.tx.sql('select from board_member where board_id = $1 and user_id = $2', [
    invitedTo.boardId,
    ctx.actor.id,
  ])
  if (known) return false
  const person = await lockPerson(ctx)
  await recordOnBoards(ctx, { workspaceId, person, from: role, to: role, invitedTo })
  insertBoardMember(ctx, workspaceId, invitedTo)
  const data = { userId: person.id, workspaceId, boardId: invitedTo.boardId }
  recordForUser(ctx, person.id, { type: 'access.granted', data })
  return true
}

export function insertMember(
  ctx: WriteCtx,
  { workspaceId, userId, role }: { workspaceId: string; userId: string; role: string },
): void {
  ctx.tx.later('insert into workspace_member (workspace_id, user_id, role, joined_at) values ($1, $2, $3, $4)', [
    workspaceId,
    userId,
    role,
    ctx.now,
  ])
}

function insertBoardMember(
  ctx: WriteCtx,
  workspaceId: string,
  { boardId, role }: { boardId: string; role: BoardRole },
): void {
  ctx.tx.later('insert into board_member (workspace_id, board_id, user_id, role) values ($1, $2, $3, $4)', [
    workspaceId,
    boardId,
    ctx.actor.id,
    role,
  ])
}

/** The name stays what it is until the facts that carry it are written. */
async function lockPerson(ctx: WriteCtx): Promise<UserRef> {
  const [person] = await ctx.tx.sql<UserRef>('select id, name, image from auth_user where id = $1 for share', [
    ctx.actor.id,
  ])
  return person!
}
