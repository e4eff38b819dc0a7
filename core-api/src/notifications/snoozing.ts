import { write, type WriteCtx } from '../context.ts'
import type { CoreDeps } from '../core-deps.ts'
import { Invalid } from '../errors.ts'
import { systemAnywhere } from '../jobs/system-actor.ts'
import { recordForUser } from '../streams/record.ts'
import { changeNotification, changeNotifications, type InboxAct, inTheInbox } from './changing.ts'
import { countAfterwards } from './telling.ts'

const AT_ONCE = 500

const snooze = (until: string | null): InboxAct => ({
  type: 'notification.snoozed',
  set: 'snoozed_until = $3',
  where: 'n.snoozed_until is distinct from $3',
  at: until,
})

/** Out of sight until a moment to come, or until something new happens to it. */
export const snoozeNotification = (ctx: WriteCtx, id: string, until: string) =>
  changeNotification(ctx, id, snooze(toCome(ctx, until)))

export const snoozeNotifications = (ctx: WriteCtx, ids: string[] | 'all', until: string) =>
  changeNotifications(ctx, ids, inTheInbox(ids, snooze(toCome(ctx, until))))

function toCome(ctx: WriteCtx, until: string): string {
  const at = new Date(until).toISOString()
  if (at <= ctx.now) throw new Invalid([{ path: 'until', message: 'must be in the future' }])
  return at
}

export const unsnoozeNotification = (ctx: WriteCtx, id: string) => changeNotification(ctx, id, snooze(null))

interface Awake extends Record<string, unknown> {
  userId: string
  ids: string[]
  unread: number
}

/** Those whose time has come are back, and counted. */
export async function wakeSnoozed(deps: CoreDeps): Promise<void> {
  for (let woken = AT_ONCE; woken === AT_ONCE;) {
    woken = 0
    await write(deps, { actor: systemAnywhere }, async (ctx) => {
      const rows = await ctx.tx.sql<Awake>('select user_id as "userId", ids, unread from wake_snoozed($1, $2)', [
        ctx.now,
        AT_ONCE,
      ])
      for (const { userId, ids, unread } of rows) {
        recordForUser(ctx, userId, { type: 'notification.snoozed', data: { ids, snoozedUntil: null, unread } })
      }
      countAfterwards(
        ctx,
        rows.map(({ userId }) => userId),
      )
      woken = rows.reduce((sum, { ids }) => sum + ids.length, 0)
      return { status: 204 }
    })
  }
}
