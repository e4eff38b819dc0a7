import type { WriteCtx } from '../context.ts'
import { changeNotification, changeNotifications, type InboxAct, inTheInbox } from './changing.ts'

const read = ({ now }: WriteCtx): InboxAct => ({
  type: 'notification.read',
  set: 'read_at = $3, unread_count = 0',
  where: 'n.read_at is null',
  at: now,
  saysAll: true,
})

const UNREAD: InboxAct = {
  type: 'notification.read',
  set: 'read_at = $3, unread_count = greatest(n.unread_count, 1)',
  where: 'n.read_at is not null',
  at: null,
}

export const readNotification = (ctx: WriteCtx, id: string) => changeNotification(ctx, id, read(ctx))
export const unreadNotification = (ctx: WriteCtx, id: string) => changeNotification(ctx, id, UNREAD)
export const readNotifications = (ctx: WriteCtx, ids: string[] | 'all') => changeNotifications(ctx, ids, read(ctx))
export const unreadNotifications = (ctx: WriteCtx, ids: string[] | 'all') =>
  changeNotifications(ctx, ids, inTheInbox(ids, UNREAD))
