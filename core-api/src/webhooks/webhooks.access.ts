import { LockMode } from '@mikro-orm/postgresql'
import type { Ctx } from '../context.ts'
import { NotFound } from '../errors.ts'
import { demand, type Membership } from '../members/members.access.ts'
import { getTeamMembership } from '../workspaces/workspaces.access.ts'
import { WebhookEntity, type WebhookRow } from './webhook.entity.ts'

type Permission = 'webhook:read' | 'webhook:write'

export async function demandWebhooks(ctx: Ctx, workspaceId: string, permission: Permission): Promise<Membership> {
  const membership = await getTeamMembership(ctx, workspaceId)
  demand(ctx.actor, membership.permissions, permission)
  return membership
}

/** The webhook, if the actor may read it. */
export async function getWebhookFor(ctx: Ctx, id: string): Promise<WebhookRow> {
  const row = await ctx.tx.em.findOne(WebhookEntity, { id })
  if (!row) throw noSuchWebhook()
  await demandWebhooks(ctx, row.workspaceId, 'webhook:read')
  return row
}

/** The same, locked, with the right to change it. */
export async function lockWebhookFor(ctx: Ctx, id: string): Promise<WebhookRow> {
  const row = await ctx.tx.em.findOne(WebhookEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!row) throw noSuchWebhook()
  await demandWebhooks(ctx, row.workspaceId, 'webhook:write')
  return row
}

const noSuchWebhook = () => new NotFound('webhooks.not_found', 'There is no such webhook.')
