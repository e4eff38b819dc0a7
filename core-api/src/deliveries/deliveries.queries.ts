import type { Delivery, DeliveryKind, DeliveryStatus } from '@taskflow/shared/dto/operations.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Ctx } from '../context.ts'
import { NotFound } from '../errors.ts'
import { toPage } from '../http/paging.ts'

export interface DeliveryFilter {
  kind?: DeliveryKind
  status?: DeliveryStatus
  cursor?: [createdAt: string, id: string]
  limit: number
}

const COLUMNS = `
  id, workspace_id as "workspaceId", kind, purpose, recipient, task_id as "taskId", status, reason,
  attempts - uncounted as attempts, last_error as "lastError", iso(next_attempt_at) as "nextAttemptAt",
  iso(created_at) as "createdAt", iso(sent_at) as "sentAt"`
const page = (of: string) => `
  select ${COLUMNS} from delivery
  where ${of} and ($2::text is null or kind = $2) and ($3::text is null or status = $3)
    and ($4::timestamptz is null or (created_at, id) < ($4, $5::uuid))
  order by created_at desc, id desc limit $6`
const OF_WORKSPACES = page('workspace_id = any($1)')
const OF_USER = page('user_id = $1')

/** Messages that went out on behalf of these workspaces, the newest first. */
export const listDeliveries = (ctx: Ctx, workspaceIds: string[], filter: DeliveryFilter) =>
  list(ctx, OF_WORKSPACES, workspaceIds, filter)

/** Messages to the actor. */
export const listMyDeliveries = (ctx: Ctx, filter: DeliveryFilter) => list(ctx, OF_USER, ctx.actor.id, filter)

async function list(ctx: Ctx, query: string, of: unknown, filter: DeliveryFilter): Promise<Page<Delivery>> {
  const { kind = null, status = null, cursor = [null, null], limit } = filter
  const rows = await ctx.tx.sql<Delivery>(query, [of, kind, status, ...cursor, limit + 1])
  return toPage(rows, limit, ({ createdAt, id }) => [createdAt, id])
}

export async function getMyDelivery(ctx: Ctx, id: string): Promise<Delivery> {
  const [row] = await ctx.tx.sql<Delivery>(`select ${COLUMNS} from delivery where id = $1 and user_id = $2`, [
    id,
    ctx.actor.id,
  ])
  if (!row) throw noSuchDelivery()
  return row
}

export const noSuchDelivery = () => new NotFound('deliveries.not_found', 'There is no such message.')
