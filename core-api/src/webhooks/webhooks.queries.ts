import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Webhook, WebhookDelivery, WebhookDeliveryDetail } from '@taskflow/shared/dto/webhook.ts'
import type { Ctx } from '../context.ts'
import { NotFound } from '../errors.ts'
import { toPage } from '../http/paging.ts'
import { toWebhookDto, WebhookEntity } from './webhook.entity.ts'
import { demandWebhooks, getWebhookFor } from './webhooks.access.ts'

export async function listWebhooks(ctx: Ctx, workspaceId: string): Promise<{ items: Webhook[] }> {
  await demandWebhooks(ctx, workspaceId, 'webhook:read')
  const rows = await ctx.tx.em.find(WebhookEntity, { workspaceId }, { orderBy: { id: 'asc' } })
  return { items: rows.map(toWebhookDto) }
}

const COLUMNS = `
  id, coalesce(payload ->> 'type', kind) as type, purpose, status, reason, attempts, last_error as "lastError", answer,
  iso(next_attempt_at) as "nextAttemptAt", iso(created_at) as "createdAt", iso(sent_at) as "sentAt"`
const LOG = `
  select ${COLUMNS} from delivery
  where target_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
  order by created_at desc, id desc limit $4`
const ONE = `select ${COLUMNS}, payload as request from delivery where target_id = $1 and id = $2`

interface LogPage {
  cursor?: [createdAt: string, id: string]
  limit: number
}

/** What was sent to a webhook and how it answered, the newest first. */
export async function listWebhookDeliveries(
  ctx: Ctx,
  id: string,
  { cursor, limit }: LogPage,
): Promise<Page<WebhookDelivery>> {
  await getWebhookFor(ctx, id)
  const rows = await ctx.tx.sql<WebhookDelivery>(LOG, [id, ...(cursor ?? [null, null]), limit + 1])
  return toPage(rows, limit, (row) => [row.createdAt, row.id])
}

export async function getWebhookDelivery(ctx: Ctx, id: string, deliveryId: string): Promise<WebhookDeliveryDetail> {
  await getWebhookFor(ctx, id)
  const [row] = await ctx.tx.sql<WebhookDeliveryDetail>(ONE, [id, deliveryId])
  if (!row) throw new NotFound('webhooks.no_such_delivery', 'There is no such message.')
  return row
}
