import type { Webhook, WebhookKind, WebhookWithSecret } from '@taskflow/shared/dto/webhook.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict } from '../errors.ts'
import { demandRoom } from '../quotas.ts'
import { sealed, toAddress } from './addresses.ts'
import { createWebhookSecret } from './signing.ts'
import { toWebhookDto, WebhookEntity, type WebhookRow } from './webhook.entity.ts'
import { demandWebhooks, lockWebhookFor } from './webhooks.access.ts'

/** How long both secrets hold when one replaces the other. */
const ROTATING_MS = 24 * 3600_000

export interface NewWebhook {
  id?: string
  kind: WebhookKind
  url: string
  events: string[]
  description: string
}

export interface WebhookEdit {
  url?: string
  events?: string[]
  description?: string
  enabled?: boolean
}

export async function createWebhook(ctx: WriteCtx, workspaceId: string, input: NewWebhook): Promise<WebhookWithSecret> {
  await demandWebhooks(ctx, workspaceId, 'webhook:write')
  const known = input.id === undefined ? null : await ctx.tx.em.findOne(WebhookEntity, { id: input.id })
  if (known?.workspaceId === workspaceId) return toWebhookDto(known)
  if (known) throw new Conflict('webhooks.id_taken', 'This id is in use already.')
  await demandRoom(ctx, 'webhooks', workspaceId)
  const { id = newId(), kind, url, events, description } = input
  const secret = createWebhookSecret()
  const row = ctx.tx.em.create(WebhookEntity, {
    ...{ id, workspaceId, kind, events, description },
    ...toAddress(ctx, kind, url),
    secret: sealed(ctx.deps, secret),
    enabled: true,
    createdBy: ctx.actor.id,
    createdAt: new Date(ctx.now),
    version: 1,
  })
  ctx.tx.em.persist(row)
  forget(ctx, workspaceId)
  return { ...toWebhookDto(row), secret }
}

/** Switched on again, or sent elsewhere, it begins with a clean slate. */
export async function editWebhook(ctx: WriteCtx, id: string, { url, ...edit }: WebhookEdit): Promise<Webhook> {
  const row = await lockWebhookFor(ctx, id)
  Object.assign(row, edit, url === undefined ? {} : toAddress(ctx, row.kind, url), { version: row.version + 1 })
  if (edit.enabled) row.offReason = null
  if (edit.enabled || url !== undefined) row.failingSince = null
  forget(ctx, row.workspaceId)
  return toWebhookDto(row)
}

/** A new secret; the one before still signs for a day, so that receivers can change over in peace. */
export async function rotateSecret(ctx: WriteCtx, id: string): Promise<WebhookWithSecret> {
  const row = await lockWebhookFor(ctx, id)
  const secret = createWebhookSecret()
  Object.assign(row, {
    previousSecret: row.secret,
    previousUntil: new Date(Date.parse(ctx.now) + ROTATING_MS),
    secret: sealed(ctx.deps, secret),
    version: row.version + 1,
  })
  return { ...toWebhookDto(row), secret }
}

export async function removeWebhook(ctx: WriteCtx, id: string): Promise<void> {
  const row = await lockWebhookFor(ctx, id)
  ctx.tx.em.remove(row)
  forget(ctx, row.workspaceId)
}

const forget = (ctx: WriteCtx, workspaceId: WebhookRow['workspaceId']) =>
  void ctx.afterCommit.push(() => ctx.deps.hooked.forget(workspaceId))
