import { dropFromTasks } from '../boards/unassigning.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict } from '../errors.ts'
import { revokeInvitationsOf } from '../invitations/revoking.ts'
import { recordForUser, recordInWorkspace } from '../streams/record.ts'
import { lockWorkspaceFor } from '../workspaces/workspaces.access.ts'
import { recordOnBoards } from './board-access.ts'
import { demand } from './members.access.ts'
import { getMember } from './members.queries.ts'
import { demandRank } from './ranking.ts'

/** Everybody may leave by themselves; to remove somebody else takes the right, and a role that is not below theirs. */
export async function removeMember(
  ctx: WriteCtx,
  { workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<void> {
  const mine = await lockWorkspaceFor(ctx, workspaceId)
  if (userId !== ctx.actor.id) demand(ctx.actor, mine.permissions, 'member:write')
  const { joinedAt: _, role, ...person } = await getMember(ctx, workspaceId, userId)
  if (userId !== ctx.actor.id) await demandRank(ctx, mine, role)
  if (role === 'owner') await refuseLastOwner(ctx, workspaceId)
  ctx.tx.later('delete from workspace_member where workspace_id = $1 and user_id = $2', [workspaceId, userId])
  const lost = await recordOnBoards(ctx, { workspaceId, person, from: role, to: null })
  await dropFromTasks(ctx, lost, [userId])
  revokeInvitationsOf(ctx, workspaceId, userId)
  recordInWorkspace(ctx, workspaceId, { type: 'member.left', subject: userId, data: { id: userId, userId, acl: 0 } })
  recordForUser(ctx, userId, { type: 'access.revoked', data: { userId, userIds: [], acl: 0, workspaceId } })
}

export async function refuseLastOwner(ctx: WriteCtx, workspaceId: string): Promise<void> {
  const [row] = await ctx.tx.sql<{ count: number }>(
    `select count(*)::int from workspace_member where workspace_id = $1 and role = 'owner'`,
    [workspaceId],
  )
  if (row!.count > 1) return
  throw new Conflict('members.last_owner', 'A workspace needs an owner. Make somebody else one first.')
}
