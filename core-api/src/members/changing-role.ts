import type { Member } from '@taskflow/shared/dto/workspace.ts'
import { workspaceStream } from '@taskflow/shared/names.ts'
import { dropFromTasks } from '../boards/unassigning.ts'
import type { WriteCtx } from '../context.ts'
import { revokeInvitationsOf } from '../invitations/revoking.ts'
import { recordForUser, recordInWorkspace } from '../streams/record.ts'
import { lockWorkspaceFor } from '../workspaces/workspaces.access.ts'
import { recordOnBoards } from './board-access.ts'
import { refuseLastOwner } from './leaving.ts'
import { holdMember } from './members.queries.ts'
import { allows } from './permissions.ts'
import { demandRank, getPermissionsOfRole } from './ranking.ts'

interface NewRole {
  workspaceId: string
  userId: string
  role: string
}

/** Giving the role of owner is how a workspace changes hands. */
export async function changeRole(ctx: WriteCtx, { workspaceId, userId, role }: NewRole): Promise<Member> {
  const mine = await lockWorkspaceFor(ctx, workspaceId, 'member:write')
  const member = await holdMember(ctx, workspaceId, userId)
  await demandRank(ctx, mine, member.role)
  await demandRank(ctx, mine, role)
  if (member.role === role) {
    ctx.unchanged.add(workspaceStream(workspaceId))
    return member
  }
  if (member.role === 'owner') await refuseLastOwner(ctx, workspaceId)
  const { joinedAt: _, role: from, ...person } = member
  ctx.tx.later('update workspace_member set role = $3 where workspace_id = $1 and user_id = $2', [
    workspaceId,
    userId,
    role,
  ])
  const lost = await recordOnBoards(ctx, { workspaceId, person, from, to: role })
  await dropFromTasks(ctx, lost, [userId])
  recordInBothStreams(ctx, { workspaceId, userId, role })
  const permissions = await getPermissionsOfRole(ctx, workspaceId, role)
  if (!allows(permissions, 'member:invite')) revokeInvitationsOf(ctx, workspaceId, userId)
  return { ...member, role }
}

/** Whoever becomes a guest loses the workspace's stream; their own tells them, and also when they get it back. */
function recordInBothStreams(ctx: WriteCtx, { workspaceId, userId, role }: NewRole): void {
  const lost = { userId, userIds: [userId], acl: 0, workspaceId }
  if (role === 'guest') {
    recordInWorkspace(ctx, workspaceId, { type: 'access.revoked', subject: userId, data: lost })
    recordForUser(ctx, userId, { type: 'access.revoked', data: { ...lost, userIds: [] } })
    return
  }
  recordInWorkspace(ctx, workspaceId, { type: 'member.changed', subject: userId, data: { id: userId, role } })
  recordForUser(ctx, userId, { type: 'access.granted', data: { userId, workspaceId } })
}
