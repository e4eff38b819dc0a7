import type { BoardRole } from '@taskflow/shared/dto/board.ts'
import type { Invitation, NewInvitation } from '@taskflow/shared/dto/workspace.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { getBoardFor } from '../boards/boards.access.ts'
import type { Config } from '../config.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict, Invalid } from '../errors.ts'
import { postMail } from '../mail/posting.ts'
import { demandRank } from '../members/ranking.ts'
import { tellInvited } from '../notifications/telling-invited.ts'
import { demandRoom } from '../quotas.ts'
import { WorkspaceEntity } from '../workspaces/workspace.entity.ts'
import { holdWorkspaceFor } from '../workspaces/workspaces.access.ts'
import { invitationMail } from './invitation-mail.ts'
import { invitationToken, tokenHash } from './invitation-token.ts'
import { InvitationEntity, type InvitationRow, toInvitationDto } from './invitation.entity.ts'

const DAY_MS = 24 * 3600_000

export interface Invite {
  id?: string
  email?: string | null
  role: string
  boardId?: string | null
  boardRole?: BoardRole
  days: number
}

/** By e-mail it is for one person, once; as a link for whoever has it, until it expires or is revoked. */
export async function invite(ctx: WriteCtx, workspaceId: string, input: Invite): Promise<Invitation> {
  const { email, role, boardId, days } = input
  const mine = await holdWorkspaceFor(ctx, workspaceId, 'member:invite')
  await demandRank(ctx, mine, role)
  const known = input.id && (await ctx.tx.em.findOne(InvitationEntity, { id: input.id }))
  if (known) return repeat(ctx, workspaceId, known)
  if (boardId) await demandBoard(ctx, workspaceId, boardId)
  await demandRoom(ctx, 'openInvitations', workspaceId)
  if (email) await demandRoom(ctx, 'invitationMailsPerDay', workspaceId)
  const id = input.id ?? newId()
  const invitation = ctx.tx.em.create(InvitationEntity, {
    id,
    workspaceId,
    email: email ?? null,
    role,
    boardId: boardId ?? null,
    boardRole: boardId ? (input.boardRole ?? 'editor') : null,
    tokenHash: tokenHash(invitationToken(ctx.deps.config, id)),
    createdBy: ctx.actor.id,
    createdAt: new Date(ctx.now),
    expiresAt: new Date(Date.parse(ctx.now) + days * DAY_MS),
  })
  const dto = toInvitationDto(invitation)
  if (email) {
    await mailLater(ctx, workspaceId, { to: email, url: withToken(ctx.deps.config, dto).url, days })
    await tellInvited(ctx, workspaceId, email)
  }
  return dto
}

/** What the inviter is answered; the token is kept nowhere. */
export function withToken(config: Config, invitation: Invitation): NewInvitation {
  const token = invitationToken(config, invitation.id)
  return { ...invitation, token, url: `${config.publicUrl}/invitations/${token}` }
}

function repeat(ctx: WriteCtx, workspaceId: string, known: InvitationRow): Invitation {
  if (known.workspaceId === workspaceId && known.createdBy === ctx.actor.id) return toInvitationDto(known)
  throw new Conflict('invitations.id_taken', 'This id is in use already.', {
    errors: [{ path: 'id', message: 'is in use already' }],
  })
}

async function demandBoard(ctx: WriteCtx, workspaceId: string, boardId: string): Promise<void> {
  const board = await getBoardFor(ctx, boardId, 'board:write')
  if (board.workspaceId === workspaceId) return
  throw new Invalid([{ path: 'boardId', message: 'is not a board of this workspace' }], 'boards.not_found')
}

async function mailLater(ctx: WriteCtx, workspaceId: string, mail: { to: string; url: string; days: number }) {
  const { name } = await ctx.tx.em.findOneOrFail(WorkspaceEntity, { id: workspaceId })
  postMail(ctx, invitationMail({ ...mail, inviter: ctx.actor.name, workspace: name }), { workspaceId })
}
