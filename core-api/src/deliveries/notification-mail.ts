import { newId } from '@taskflow/shared/ids.ts'
import type { Reason } from '@taskflow/shared/dto/notification.ts'
import type { QuietHours } from '@taskflow/shared/dto/preferences.ts'
import type { WriteCtx } from '../context.ts'
import { endOfQuietHours } from '../preferences/quiet-hours.ts'
import { type Digest, nextDigestAt } from './digest-times.ts'
import { JOIN_WAITING, NEWS } from './waiting-message.ts'

export interface NotificationMail {
  userId: string
  workspaceId: string
  notificationId: string
  reason: Reason
  taskId: string | null
  /** `instant`: by itself, if it is still unread after a while. */
  digest: 'instant' | Digest
  /** The person's zone, for digests and quiet hours. */
  zone: string | null
  /** How long it may stay unread before a mail goes out; the usual time if they have not said. */
  delayMs?: number | undefined
  quietHours?: QuietHours | null
}

const INSTANT = `
  insert into delivery as d (id, workspace_id, user_id, kind, purpose, recipient, task_id, notification_ids, payload,
    next_attempt_at, created_at)
  select m.id, m.workspace_id, u.id, 'email', 'notification', u.email, m.task_id, array[m.notification_id],
    ${NEWS}, m.at, $1
  from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[], $8::text[])
    as m (id, user_id, workspace_id, notification_id, task_id, at, reason)
  join auth_user u on u.id = m.user_id and u.disabled_at is null
  ${JOIN_WAITING}`

const DIGEST = `
  insert into delivery as d (id, workspace_id, user_id, kind, purpose, recipient, notification_ids, payload,
    next_attempt_at, created_at)
  select (array_agg(m.id))[1], m.workspace_id, u.id, 'email', 'digest', u.email, array_agg(m.notification_id),
    json_build_object('news', json_object_agg(m.notification_id || ' ' || m.reason, iso($1))), m.at, $1
  from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[], $8::text[])
    as m (id, user_id, workspace_id, notification_id, task_id, at, reason)
  join auth_user u on u.id = m.user_id and u.disabled_at is null
  group by m.workspace_id, u.id, u.email, m.at
  on conflict (user_id, workspace_id, next_attempt_at) where status = 'queued' and kind = 'email' and purpose = 'digest'
  do update set notification_ids = array(
    select distinct n from unnest(d.notification_ids || excluded.notification_ids) n),
    payload = join_news(d.payload, excluded.payload)`

/**
 * Somebody who wants mail about this gets it, later, if they have not read it by then. Called for each fact; as long as
 * a mail about the same notification waits, there is no second one, for whether it leaves and what it says is decided then.
 */
export function enqueueNotificationMail(ctx: WriteCtx, ...mails: NotificationMail[]): void {
  const instant = mails.filter(({ digest }) => digest === 'instant')
  const digests = mails.filter(({ digest }) => digest !== 'instant')
  if (instant.length > 0) ctx.tx.later(INSTANT, toColumns(ctx, instant))
  if (digests.length > 0) ctx.tx.later(DIGEST, toColumns(ctx, digests))
}

const toColumns = (ctx: WriteCtx, mails: NotificationMail[]) => [
  ctx.now,
  mails.map(() => newId()),
  mails.map(({ userId }) => userId),
  mails.map(({ workspaceId }) => workspaceId),
  mails.map(({ notificationId }) => notificationId),
  mails.map(({ taskId }) => taskId),
  mails.map((mail) => dueAt(ctx, mail)),
  mails.map(({ reason }) => reason),
]

/** What would come in quiet hours comes when they are over, whenever it was that something happened. */
function dueAt({ now, deps }: WriteCtx, { digest, zone, delayMs, quietHours }: NotificationMail): Date {
  const here = zone ?? 'UTC'
  const unreadFor = new Date(Date.parse(now) + (delayMs ?? deps.config.mailDelayMs))
  const at = digest === 'instant' ? unreadFor : nextDigestAt(digest, unreadFor, here)
  return (quietHours && endOfQuietHours(quietHours, at, here)) ?? at
}
