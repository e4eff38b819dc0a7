import type { WriteCtx } from '../context.ts'
import { changeNotification, changeNotifications, type InboxAct } from './changing.ts'

const archive = ({ now }: WriteCtx): InboxAct => ({
  type: 'notification.archived',
  set: 'archived_at = $3',
  where: 'n.archived_at is null',
  at: now,
  saysAll: true,
})

const UNARCHIVE: InboxAct = {
  type: 'notification.archived',
  set: 'archived_at = $3',
  where: 'n.archived_at is not null',
  at: null,
}

export const archiveNotification = (ctx: WriteCtx, id: string) => changeNotification(ctx, id, archive(ctx))
export const unarchiveNotification = (ctx: WriteCtx, id: string) => changeNotification(ctx, id, UNARCHIVE)
export const archiveNotifications = (ctx: WriteCtx, ids: string[] | 'all') =>
  changeNotifications(ctx, ids, archive(ctx))
