import type { InboxPage, Notification, NotificationFilter } from '@taskflow/shared/dto/notification.ts'
import { userStream } from '@taskflow/shared/names.ts'
import type { Ctx } from '../context.ts'
import { toPage } from '../http/paging.ts'
import { positionWithTicket } from '../streams/catching-up.ts'
import { unreadCount } from './unread.ts'

interface Query {
  filter: NotificationFilter
  workspaceId?: string
  cursor?: [updatedAt: string, id: string]
  limit: number
}

const IN_THE_INBOX = 'archived_at is null and snoozed_until is null'

const FILTERS: Record<NotificationFilter, string> = {
  inbox: IN_THE_INBOX,
  unread: `read_at is null and ${IN_THE_INBOX}`,
  all: 'true',
  archived: 'archived_at is not null',
  snoozed: 'snoozed_until is not null and archived_at is null',
  mentions: `reason = 'mentioned' and ${IN_THE_INBOX}`,
  assigned: `reason = 'assigned' and ${IN_THE_INBOX}`,
}

const page = (filter: string) => `
  select notification_dto(n) as notification from notification n
  where user_id = $1 and shown and ${filter} and ($2::uuid is null or workspace_id = $2)
    and ($3::timestamptz is null or (updated_at, id) < ($3, $4::uuid))
  order by updated_at desc, id desc limit $5`

const PAGES = Object.fromEntries(Object.entries(FILTERS).map(([name, filter]) => [name, page(filter)])) as Record<
  NotificationFilter,
  string
>

/** The actor's notifications, the latest first, with the whole count and where their stream stands. */
export async function listNotifications(ctx: Ctx, { filter, workspaceId, cursor, limit }: Query): Promise<InboxPage> {
  const within = ctx.actor.workspaceId ?? workspaceId ?? null
  const [rows, unread, stream] = await Promise.all([
    ctx.tx.sql<{ notification: Notification }>(PAGES[filter], [
      ctx.actor.id,
      within,
      ...(cursor ?? [null, null]),
      limit + 1,
    ]),
    unreadCount(ctx),
    positionWithTicket(ctx, userStream(ctx.actor.id)),
  ])
  const notifications = rows.map(({ notification }) => notification)
  return { ...toPage(notifications, limit, ({ updatedAt, id }) => [updatedAt, id]), unread, stream }
}
