import type { WriteCtx } from '../context.ts'
import { Conflict, Unprocessable } from '../errors.ts'
import { wakeWorkers } from '../jobs/enqueuing.ts'
import { getMembership } from '../members/members.access.ts'
import { noSuchDelivery } from './deliveries.queries.ts'
import { DELIVERIES } from './delivering.ts'

const FIND = `
  select workspace_id as "workspaceId", status, payload is not null or notification_ids <> '{}' as known,
    purpose = 'notification' and exists (select from delivery later where later.status = 'queued'
      and later.user_id = delivery.user_id and later.kind = delivery.kind and later.purpose = 'notification'
      and later.target_id is not distinct from delivery.target_id and later.id <> delivery.id
      and later.notification_ids[1] = delivery.notification_ids[1]) as superseded
  from delivery where id = $1 and workspace_id is not null for update`
const RETRY = `update delivery set status = 'queued', reason = null, next_attempt_at = $2 where id = $1`

interface Row {
  workspaceId: string
  status: string
  known: boolean
  /** A later one about the same waits. */
  superseded: boolean
}

/** One more attempt, now, at a message that was not sent. */
export async function retryDelivery(ctx: WriteCtx, id: string): Promise<void> {
  const [row] = await ctx.tx.sql<Row>(FIND, [id])
  if (!row) throw noSuchDelivery()
  await getMembership(ctx, row.workspaceId, 'workspace:write')
  if (row.status === 'sent' || row.status === 'sending') {
    throw new Conflict('deliveries.under_way', 'This message was sent, or is just being sent.')
  }
  if (!row.known) throw new Unprocessable('deliveries.forgotten', 'What it said is not kept. Do again what caused it.')
  if (row.superseded) throw new Conflict('deliveries.superseded', 'A later message says the same, and waits already.')
  ctx.tx.later(RETRY, [id, ctx.now])
  wakeWorkers(ctx, DELIVERIES)
}
