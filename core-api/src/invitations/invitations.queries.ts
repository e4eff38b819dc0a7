import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Invitation, InvitationPeek } from '@taskflow/shared/dto/workspace.ts'
import type { Ctx } from '../context.ts'
import type { Deps } from '../deps.ts'
import { NotFound } from '../errors.ts'
import { pageById } from '../http/paging.ts'
import { getMembership } from '../members/members.access.ts'
import { InvitationEntity, toInvitationDto } from './invitation.entity.ts'
import { tokenHash } from './invitation-token.ts'

export interface FoundInvitation {
  id: string
  workspaceId: string
}

interface Row extends FoundInvitation {
  role: string
  workspaceName: string
  inviterName: string | null
  expiresAt: string
  open: boolean
}

const FIND = `
  select id, workspace_id as "workspaceId", role, workspace_name as "workspaceName", inviter_name as "inviterName",
         expires_at as "expiresAt", open
  from find_invitation($1)`

/** Unknown, expired, revoked and used look the same from outside. */
export const noSuchInvitation = () =>
  new NotFound('invitations.not_found', 'This invitation is not valid, or not any more. Ask for a new one.')

export async function getInvitationByToken(deps: Deps, token: string): Promise<Row> {
  const { rows } = await deps.pool.query<Row>({ name: 'find_invitation', text: FIND, values: [tokenHash(token)] })
  if (!rows[0]) throw noSuchInvitation()
  return rows[0]
}

export async function peekInvitation(deps: Deps, token: string): Promise<InvitationPeek> {
  const { workspaceName, inviterName, role, expiresAt, open } = await getInvitationByToken(deps, token)
  if (!open) throw noSuchInvitation()
  const inviter = inviterName === null ? null : { name: inviterName }
  return { workspace: { name: workspaceName }, inviter, role, expiresAt }
}

/** Those that can still be accepted, the newest first. */
export async function listInvitations(
  ctx: Ctx,
  workspaceId: string,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<Page<Invitation>> {
  await getMembership(ctx, workspaceId, 'member:invite')
  const rows = await ctx.tx.em.find(
    InvitationEntity,
    {
      workspaceId,
      revokedAt: null,
      expiresAt: { $gt: new Date(ctx.now) },
      $or: [{ email: null }, { acceptedAt: null }],
      ...(cursor && { id: { $lt: cursor } }),
    },
    { orderBy: { id: 'desc' }, limit: limit + 1 },
  )
  return pageById(rows.map(toInvitationDto), limit)
}
