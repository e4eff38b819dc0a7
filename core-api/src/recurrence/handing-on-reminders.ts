import type { When } from '@taskflow/shared/dto/when.ts'
import type { WriteCtx } from '../context.ts'
import type { Kind } from '../reminders/moments.ts'
import { saveReminders } from '../reminders/planning.ts'
import { listViewersAmong } from '../tasks/assigning.ts'
import type { TaskRow } from '../tasks/tasks.access.ts'

interface Own extends Record<string, unknown> {
  userId: string
  zone: string | null
  kind: Kind
  wantedAt: string | null
}

const OWN = `
  select r.user_id as "userId", u.time_zone as zone, r.kind, iso(r.wanted_at) as "wantedAt"
  from reminder r join auth_user u on u.id = r.user_id where r.task_id = $1 and r.own`

/** Who wanted to be reminded of a task is reminded of the next, as long before it is due. */
export async function handOnReminders(
  ctx: WriteCtx,
  from: Pick<TaskRow, 'id' | 'workspaceId' | 'boardId' | 'due'>,
  to: { id: string; due: When },
): Promise<void> {
  const reminders = await ctx.tx.sql<Own>(OWN, [from.id])
  const viewers = await listViewersAmong(ctx, from.boardId, [...new Set(reminders.map(({ userId }) => userId))])
  const planned = reminders
    .filter(({ userId }) => viewers.includes(userId))
    .map(({ wantedAt, ...one }) => ({
      ...one,
      ...{ taskId: to.id, workspaceId: from.workspaceId, own: true, due: to.due },
      wantedAt:
        wantedAt && asLongBefore(wantedAt, { from: from.due, to: to.due, zone: to.due.zone ?? one.zone ?? 'UTC' }),
    }))
  saveReminders(ctx, planned)
}

/** Days are counted by the clocks of the due date, or where the person is. */
function asLongBefore(wantedAt: string, { from, to, zone }: { from: When | null; to: When; zone: string }): string {
  const days = from ? Temporal.PlainDate.from(from.date).until(to.date, { largestUnit: 'days' }).days : 0
  const moved = Temporal.Instant.from(wantedAt).toZonedDateTimeISO(zone).add({ days })
  return new Date(moved.epochMilliseconds).toISOString()
}
