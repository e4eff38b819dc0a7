import { newId } from '@taskflow/shared/ids.ts'
import type { WriteCtx } from '../context.ts'
import { deliver, DELIVERIES } from '../deliveries/delivering.ts'
import { Conflict } from '../errors.ts'
import { wakeWorkers } from '../jobs/enqueuing.ts'
import type { WebhookRow } from './webhook.entity.ts'
import { lockWebhookFor } from './webhooks.access.ts'
import { getWebhookDelivery } from './webhooks.queries.ts'

const REPLAY = `
  update delivery set status = 'queued', attempts = 0, uncounted = 0, reason = null, next_attempt_at = $2
  where id = $1 and status in ('sent', 'failed', 'suppressed') returning id`

/** The same message once more, by the same id: a receiver that has it already can tell. */
export async function replayDelivery(
  ctx: WriteCtx,
  { id, deliveryId }: { id: string; deliveryId: string },
): Promise<{ id: string }> {
  await lockWebhookFor(ctx, id)
  await getWebhookDelivery(ctx, id, deliveryId)
  const [row] = await ctx.tx.sql(REPLAY, [deliveryId, ctx.now])
  if (!row) throw new Conflict('webhooks.under_way', 'This message is waiting to be sent, or is just being sent.')
  wakeWorkers(ctx, DELIVERIES)
  return { id: deliveryId }
}

/** A message that says nothing but that messages come, also to a webhook that is switched off. */
export async function testWebhook(ctx: WriteCtx, id: string): Promise<{ id: string }> {
  return { id: sendTest(ctx, await lockWebhookFor(ctx, id)) }
}

const sendTest = (ctx: WriteCtx, { id, workspaceId, kind, shown }: WebhookRow): string =>
  deliver(ctx, {
    id: newId(),
    kind: kind === 'slack' ? 'slack' : 'webhook',
    purpose: 'test',
    recipient: shown,
    workspaceId,
    targetId: id,
    payload: testPayload(ctx, workspaceId),
  })

export const testPayload = (ctx: WriteCtx, workspaceId: string | null) => ({
  type: 'webhook.test',
  timestamp: ctx.now,
  workspaceId,
  text: 'Messages from Taskflow arrive here.',
  data: { sentBy: ctx.actor.name },
})
