import type { Notification } from '@taskflow/shared/dto/notification.ts'
import type { EventData } from '@taskflow/shared/events/all.ts'
import { userStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { NotFound } from '../errors.ts'
import { recordForUser } from '../streams/record.ts'
import { countAfterwards } from './telling.ts'
import { unreadCount } from './unread.ts'

type Type = 'notification.read' | 'notification.archived' | 'notification.snoozed'

/** What an act does to notifications: those that it would not change are left alone. */
export interface InboxAct {
  type: Type
  /** Assignments, with the moment (or null) as $3. */
  set: string
  /** Which rows it changes. */
  where: string
  at: string | null
  /** Readers of the fact know which are meant by all of them. */
  saysAll?: boolean
}

const LOCK = 'select lock_inboxes($1)'
const MINE = 'n.user_id = $1 and n.shown and ($2::uuid is null or n.workspace_id = $2)'
const FIND = `select notification_dto(n) as notification from notification n where ${MINE} and n.id = $3`
const SOME = `select n.id from notification n where ${MINE} and n.id = any($3::uuid[])`

/** Does it to these of the actor's notifications, or to all in the inbox, while nobody else changes it. */
async function changeInbox(ctx: WriteCtx, ids: string[] | 'all', act: InboxAct): Promise<{ unread: number }> {
  const within = ctx.actor.workspaceId ?? null
  const named = ids === 'all' ? 'n.snoozed_until is null' : 'n.id = any($4::uuid[])'
  const update = `update notification n set ${act.set} where ${MINE} and ${act.where} and ${named} returning n.id`
  const values = [ctx.actor.id, within, act.at, ...(ids === 'all' ? [] : [ids])]
  const [, changed, unread] = await Promise.all([
    ctx.tx.sql(LOCK, [[ctx.actor.id]]),
    ctx.tx.sql<{ id: string }>(update, values),
    unreadCount(ctx, null),
  ])
  const changedIds = changed.map(({ id }) => id)
  if (changedIds.length > 0) record(ctx, ids === 'all' && !within && act.saysAll ? 'all' : changedIds, act, unread)
  else ctx.unchanged.add(userStream(ctx.actor.id))
  countAfterwards(ctx, [ctx.actor.id])
  return { unread: within ? await unreadCount(ctx) : unread }
}

/** The same to one, which must be there; answers it as it is now. */
export async function changeNotification(ctx: WriteCtx, id: string, act: InboxAct): Promise<Notification> {
  await getNotification(ctx, id)
  await changeInbox(ctx, [id], act)
  return getNotification(ctx, id)
}

export async function changeNotifications(ctx: WriteCtx, ids: string[] | 'all', act: InboxAct) {
  if (ids !== 'all') await demandAll(ctx, ids)
  return changeInbox(ctx, ids, act)
}

async function getNotification(ctx: WriteCtx, id: string): Promise<Notification> {
  const values = [ctx.actor.id, ctx.actor.workspaceId ?? null, id]
  const [row] = await ctx.tx.sql<{ notification: Notification }>(FIND, values)
  if (!row) throw noSuchNotification()
  return row.notification
}

async function demandAll(ctx: WriteCtx, ids: string[]): Promise<void> {
  const rows = await ctx.tx.sql<{ id: string }>(SOME, [ctx.actor.id, ctx.actor.workspaceId ?? null, ids])
  if (rows.length < new Set(ids).size) throw noSuchNotification()
}

function record(ctx: WriteCtx, ids: string[] | 'all', { type, at }: InboxAct, unread: number): void {
  const data = {
    'notification.read': { ids, readAt: at, unread },
    'notification.archived': { ids, archivedAt: at, unread },
    'notification.snoozed': { ids, snoozedUntil: at, unread },
  }[type] as EventData<Type>
  recordForUser(ctx, ctx.actor.id, { type, data })
}

/** What is done to all is not done to what was put away. */
export const inTheInbox = (ids: string[] | 'all', act: InboxAct): InboxAct =>
  ids === 'all' ? { ...act, where: `${act.where} and n.archived_at is null` } : act

const noSuchNotification = () => new NotFound('notifications.not_found', 'There is no such notification.')
