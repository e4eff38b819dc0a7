import type { Joined } from '@taskflow/shared/dto/workspace.ts'
import { userStream, workspaceStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { Forbidden } from '../errors.ts'
import { joinBoard, joinWorkspace } from '../members/joining.ts'
import { findMembership } from '../members/members.access.ts'
import { getPermissionsOfRole } from '../members/ranking.ts'
import { toWorkspaceDto, WorkspaceEntity } from '../workspaces/workspace.entity.ts'
import { InvitationEntity, type InvitationRow } from './invitation.entity.ts'
import { lockWorkspace } from '../workspaces/workspaces.access.ts'
import { type FoundInvitation, noSuchInvitation } from './invitations.queries.ts'

/** The holder of the token comes in. Who is in already stays as they are, but for a board that they are invited to. */
export async function acceptInvitation(ctx: WriteCtx, { id, workspaceId }: FoundInvitation): Promise<Joined> {
  if (ctx.actor.kind !== 'user') throw new Forbidden('access.forbidden', 'A key cannot accept an invitation.')
  await lockWorkspace(ctx, workspaceId)
  const [invitation, membership, workspace] = await Promise.all([
    ctx.tx.em.findOne(InvitationEntity, { id }),
    findMembership(ctx, workspaceId),
    ctx.tx.em.findOne(WorkspaceEntity, { id: workspaceId }),
  ])
  if (!workspace || !invitation) throw noSuchInvitation()
  const open = isOpen(invitation, ctx.now)
  if (!membership && !open) throw noSuchInvitation()
  const role = membership?.role ?? invitation.role
  if (open) await comeIn(ctx, invitation, membership?.role ?? null)
  if (ctx.facts.length === 0)
    ctx.unchanged.add(role === 'guest' ? userStream(ctx.actor.id) : workspaceStream(workspaceId))
  else invitation.acceptedAt ??= new Date(ctx.now)
  const permissions = membership?.permissions ?? (await getPermissionsOfRole(ctx, workspaceId, role))
  return { ...toWorkspaceDto(workspace), role, permissions, boardId: invitation.boardId ?? null }
}

const isOpen = ({ email, acceptedAt, revokedAt, expiresAt }: InvitationRow, now: string) =>
  !revokedAt && expiresAt.getTime() > Date.parse(now) && !(email && acceptedAt)

async function comeIn(ctx: WriteCtx, { workspaceId, role, boardId, boardRole }: InvitationRow, current: string | null) {
  const invitedTo = boardId && boardRole ? { boardId, role: boardRole } : null
  if (current === null) await joinWorkspace(ctx, { workspaceId, role, invitedTo })
  else await joinBoard(ctx, { workspaceId, role: current, invitedTo })
}
