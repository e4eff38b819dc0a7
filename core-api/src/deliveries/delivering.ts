import { newId } from '@taskflow/shared/ids.ts'
import type { WriteCtx } from '../context.ts'
import { wakeWorkers } from '../jobs/enqueuing.ts'
import type { DeliveryKind, DeliveryPurpose } from '@taskflow/shared/dto/operations.ts'

export interface NewDelivery {
  /** A repeat with the same id is the same message. */
  id?: string
  kind: DeliveryKind
  purpose: DeliveryPurpose
  recipient: string
  workspaceId: string | null
  userId?: string | null
  targetId?: string | null
  taskId?: string | null
  notificationIds?: string[]
  payload?: unknown
  /** Not before this moment. */
  at?: Date
}

/** What workers are told when a message has been left for them. */
export const DELIVERIES = 'deliveries'

// Whoever is just signing up is not there yet for others: their mail goes out all the same.
export const INSERT_DELIVERY = `
  insert into delivery (id, workspace_id, user_id, kind, purpose, recipient, target_id, task_id, notification_ids, payload,
    next_attempt_at, created_at)
  values ($1, $2, (select id from auth_user where id = $3), $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict do nothing`

/** Leaves a message in the outbox, in the transaction of the change: it goes out exactly if the change happened. */
export function deliver(ctx: WriteCtx, delivery: NewDelivery): string {
  const id = delivery.id ?? newId()
  ctx.tx.later(INSERT_DELIVERY, toRow(id, delivery, ctx.now))
  if (!delivery.at) wakeWorkers(ctx, DELIVERIES)
  return id
}

export const toRow = (id: string, delivery: NewDelivery, now: string): unknown[] => [
  id,
  delivery.workspaceId,
  delivery.userId ?? null,
  delivery.kind,
  delivery.purpose,
  delivery.recipient,
  delivery.targetId ?? null,
  delivery.taskId ?? null,
  delivery.notificationIds ?? [],
  delivery.payload === undefined ? null : JSON.stringify(delivery.payload),
  delivery.at ?? now,
  now,
]
