import { newId } from '@taskflow/shared/ids.ts'
import type { WriteCtx } from '../context.ts'
import { DELIVERIES } from '../deliveries/delivering.ts'
import { JOIN_WAITING, NEWS } from '../deliveries/waiting-message.ts'
import { wakeWorkers } from '../jobs/enqueuing.ts'
import type { NotificationBeside } from '../notifications/beside.ts'

const LEAVE = `
  insert into delivery as d (id, workspace_id, user_id, kind, purpose, recipient, task_id, notification_ids, payload,
    next_attempt_at, created_at)
  select m.id, m.workspace_id, m.user_id, case w.kind when 'slack' then 'slack' else 'webhook' end, 'notification',
    w.shown, m.task_id, array[m.notification_id],
    ${NEWS}, coalesce(m.at, $1), $1
  from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[], $8::text[])
    as m (id, user_id, workspace_id, notification_id, task_id, at, reason)
  join personal_webhooks_of($3) w on w.user_id = m.user_id
  ${JOIN_WAITING}`

/** Leaves a message to the webhook of each of these people, if they have one. */
export function enqueueNotificationWebhooks(ctx: WriteCtx, told: NotificationBeside[]): void {
  if (told.length === 0) return
  ctx.tx.later(LEAVE, [
    ctx.now,
    told.map(() => newId()),
    told.map(({ userId }) => userId),
    told.map(({ workspaceId }) => workspaceId),
    told.map(({ notificationId }) => notificationId),
    told.map(({ taskId }) => taskId),
    told.map(({ quietUntil }) => quietUntil),
    told.map(({ reason }) => reason),
  ])
  wakeWorkers(ctx, DELIVERIES)
}
