import type { Reason } from '@taskflow/shared/dto/notification.ts'
import type { Channel } from '@taskflow/shared/dto/preferences.ts'
import type { CoreDeps } from '../core-deps.ts'
import { type Ctx, read } from '../context.ts'
import type { Actor } from '../http/authenticate.ts'
import type { OutgoingMessage } from '../deliveries/outgoing-message.ts'

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

export type Asked = { recipient: Recipient; unread: Unread[] } | { suppressed: string }

const RECIPIENT = 'select id, email, name, locale from auth_user where id = $1 and disabled_at is null'

const NOTIFICATIONS = `
  select n.id, n.workspace_id as "workspaceId", w.name as workspace, n.board_id as "boardId", n.task_id as "taskId",
    n.key, n.title, n.reason, n.actors, n.excerpt, n.unread_count as "unreadCount",
    n.read_at is not null or n.archived_at is not null as read, n.snoozed_until > $3 as snoozed,
    coalesce((p.matrix -> r.reason ->> $4)::boolean, true) and (r.reason in ('reminder', 'invited', 'access_lost')
      or not exists (select from mute m where m.user_id = n.user_id and m.workspace_id = n.workspace_id
        and (m.board_id is null or m.board_id = n.board_id))) as wanted
  from notification n cross join lateral (select coalesce($5::json ->> n.id::text, n.reason) as reason) r
  left join workspace w on w.id = n.workspace_id
  left join preference p on p.user_id = n.user_id
  where n.user_id = $1 and n.id = any($2)
  order by n.updated_at desc`

type Row = Unread & { read: boolean; snoozed: boolean | null; wanted: boolean }

/** What is still unread of what the message is about, as far as the person may see it at this moment. */
export function findUnread(deps: CoreDeps, message: OutgoingMessage): Promise<Asked> {
  const person: Actor = { kind: 'user', id: message.userId!, name: '' }
  return read(deps, person, (ctx) => ask(ctx, message))
}

async function ask(ctx: Ctx, { notificationIds, kind, payload }: OutgoingMessage): Promise<Asked> {
  const channel: Channel = kind === 'slack' ? 'webhook' : kind
  const { reasons = {} } = (payload ?? {}) as { reasons?: Record<string, Reason> }
  const [[recipient], rows] = await Promise.all([
    ctx.tx.sql<Recipient & object>(RECIPIENT, [ctx.actor.id]),
    ctx.tx.sql<Row & object>(NOTIFICATIONS, [ctx.actor.id, notificationIds, ctx.now, channel, JSON.stringify(reasons)]),
  ])
  if (!recipient) return { suppressed: 'the account is disabled' }
  const unread = rows.filter(({ read, snoozed, wanted }) => !read && !snoozed && wanted)
  return unread.length > 0 ? { recipient, unread } : { suppressed: whyNot(rows) }
}

function whyNot(rows: Row[]): string {
  if (rows.length === 0) return 'it is gone, or not theirs to see any more'
  if (rows.every(({ read }) => read)) return 'it was read before'
  return rows.some(({ wanted }) => !wanted) ? 'they want no message about it any more' : 'it is snoozed'
}
