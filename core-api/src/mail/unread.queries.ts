import type { Reason } from '@taskflow/shared/dto/notification.ts'
import type { Channel } from '@taskflow/shared/dto/preferences.ts'
import type { CoreDeps } from '../core-deps.ts'
import { type Ctx, read } from '../context.ts'
import type { Actor } from '../http/authenticate.ts'
import { type Habits, type Heard, hear, type Waiting } from '../deliveries/hearing.ts'
import type { OutgoingMessage } from '../deliveries/outgoing-message.ts'
import type { NotSent } from '../deliveries/senders.ts'

/** A notification that its person has not read, as a message tells of it. */
export interface Unread {
  id: string
  workspaceId: string
  workspace: string
  boardId: string | null
  taskId: string | null
  key: string | null
  title: string
  reason: Reason
  actors: { name: string }[]
  excerpt: string | null
  unreadCount: number
}

export interface Recipient {
  id: string
  email: string
  name: string
  locale: string | null
}

export type Asked = (Heard<Unread> & { recipient: Recipient }) | NotSent

const RECIPIENT = `
  select u.id, u.email, u.name, u.locale, coalesce(u.time_zone, 'UTC') as zone, coalesce(p.digest, 'instant') as digest,
    p.quiet_hours as "quietHours", coalesce(p.mail_delay_minutes * 60000, $2::int) as "delayMs"
  from auth_user u left join preference p on p.user_id = u.id
  where u.id = $1 and u.disabled_at is null`

// Of what was given as a reason before it was read last, nothing is news; clocks of two machines differ a little. Whoever
// is out of a workspace cannot see its name: what tells them so is named after it.
const NOTIFICATIONS = `
  select n.id, n.workspace_id as "workspaceId", coalesce(w.name, n.title) as workspace, n.board_id as "boardId",
    n.task_id as "taskId", n.key, n.title, n.reason, n.actors, n.excerpt, n.unread_count as "unreadCount",
    n.read_at is not null or n.archived_at is not null as read, iso(n.snoozed_until) as "snoozedUntil",
    iso(n.unread_since) as "unreadSince", told."isNews", told.wanted
  from notification n
  left join workspace w on w.id = n.workspace_id
  left join preference p on p.user_id = n.user_id
  cross join lateral (
    select count(*) > 0 as "isNews", coalesce(bool_or(
      coalesce((p.matrix -> split_part(news.key, ' ', 2) ->> $3)::boolean, true)
      and (split_part(news.key, ' ', 2) in ('reminder', 'invited', 'access_lost', 'webhook_disabled') or not exists (
        select from mute m where m.user_id = n.user_id and m.workspace_id = n.workspace_id
          and (m.board_id is null or m.board_id = n.board_id)))), false) as wanted
    from json_each_text($4) news
    where split_part(news.key, ' ', 1) = n.id::text
      and (n.unread_since is null or news.value::timestamptz > n.unread_since - interval '5 seconds')
  ) told
  where n.user_id = $1 and n.id = any($2)
  order by n.updated_at desc`

/** What is still unread of what the message is about, as far as the person may see it and wants to hear it at this moment. */
export function findUnread(deps: CoreDeps, message: OutgoingMessage): Promise<Asked> {
  const person: Actor = { kind: 'user', id: message.userId!, name: '' }
  return read(deps, person, (ctx) => ask(ctx, message))
}

async function ask({ tx, deps, actor, now }: Ctx, message: OutgoingMessage): Promise<Asked> {
  const channel: Channel = message.kind === 'slack' ? 'webhook' : message.kind
  const { news = {} } = (message.payload ?? {}) as { news?: Record<string, string> }
  const [[recipient], rows] = await Promise.all([
    tx.sql<Recipient & Habits & Record<string, unknown>>(RECIPIENT, [actor.id, deps.config.mailDelayMs]),
    tx.sql<Unread & Waiting & Record<string, unknown>>(NOTIFICATIONS, [
      ...[actor.id, message.notificationIds, channel],
      JSON.stringify(news),
    ]),
  ])
  if (!recipient) return { status: 'suppressed', reason: 'the account is disabled' }
  const heard = hear(rows, recipient, message, new Date(now))
  return 'status' in heard ? heard : { ...heard, recipient }
}
