import { newId } from '@taskflow/shared/ids.ts'
import type { WriteCtx } from '../context.ts'
import { DELIVERIES } from '../deliveries/delivering.ts'
import { JOIN_WAITING, NEWS } from '../deliveries/waiting-message.ts'
import { Unprocessable } from '../errors.ts'
import { wakeWorkers } from '../jobs/enqueuing.ts'
import type { NotificationBeside } from '../notifications/beside.ts'

const LEAVE = `
  insert into delivery as d (id, workspace_id, user_id, kind, purpose, recipient, target_id, task_id, notification_ids,
    payload, next_attempt_at, created_at)
  select message_id(s.id, m.id, ''), m.workspace_id, m.user_id, 'push', $8, s.service, s.id, m.task_id,
    array_remove(array[m.notification_id], null),
    coalesce($9::json, ${NEWS}), coalesce(m.at, $1), $1
  from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[], $10::text[])
    as m (id, user_id, workspace_id, notification_id, task_id, at, reason)
  join push_subscriptions_of($3) s on s.user_id = m.user_id
  ${JOIN_WAITING}
  returning id`

/** Leaves a message to each device of each of these people. */
export function enqueueNotificationPushes(ctx: WriteCtx, told: NotificationBeside[]): void {
  if (told.length === 0) return
  ctx.tx.later(LEAVE, [
    ctx.now,
    told.map(() => newId()),
    told.map(({ userId }) => userId),
    told.map(({ workspaceId }) => workspaceId),
    told.map(({ notificationId }) => notificationId),
    told.map(({ taskId }) => taskId),
    told.map(({ quietUntil }) => quietUntil),
    'notification',
    null,
    told.map(({ reason }) => reason),
  ])
  wakeWorkers(ctx, DELIVERIES)
}

/** To every device of the actor; answers the id of the first. */
export async function sendTestPush(ctx: WriteCtx): Promise<string> {
  const id = newId()
  const shown = {
    title: 'Taskflow',
    body: 'Notifications from Taskflow reach this device.',
    url: `${ctx.deps.config.publicUrl}/settings`,
    tag: id,
  }
  const toMe = [ctx.now, [id], [ctx.actor.id], [null], [null], [null], [null], 'test', JSON.stringify(shown), [null]]
  const [first] = await ctx.tx.sql<{ id: string }>(LEAVE, toMe)
  if (!first) throw new Unprocessable('deliveries.no_channel', 'None of your devices wants notifications.')
  wakeWorkers(ctx, DELIVERIES)
  return first.id
}
