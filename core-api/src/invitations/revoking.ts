import type { WriteCtx } from '../context.ts'
import { noSuchInvitation } from './invitations.queries.ts'
import { InvitationEntity } from './invitation.entity.ts'
import { demand, findMembership } from '../members/members.access.ts'

export async function revokeInvitation(ctx: WriteCtx, id: string): Promise<void> {
  const invitation = await ctx.tx.em.findOne(InvitationEntity, { id })
  const membership = invitation && (await findMembership(ctx, invitation.workspaceId))
  if (!membership) throw noSuchInvitation()
  demand(ctx.actor, membership.permissions, 'member:invite')
  invitation.revokedAt ??= new Date(ctx.now)
}

/** Who may not invite any more, or has left, must not come back, or bring others, by a link of their own. */
export function revokeInvitationsOf(ctx: WriteCtx, workspaceId: string, userId: string): void {
  ctx.tx.later(
    'update invitation set revoked_at = $3 where workspace_id = $1 and created_by = $2 and revoked_at is null',
    [workspaceId, userId, ctx.now],
  )
}
