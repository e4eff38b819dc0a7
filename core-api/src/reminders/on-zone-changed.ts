import type { When } from '@taskflow/shared/dto/when.ts'
import type { Reaction } from '../streams/reactions.ts'
import type { Kind } from './moments.ts'
import { type Planned, saveReminders } from './planning.ts'

/** A day ends at another moment in another place; what names an hour in its own zone does not move. */
const WITHOUT_AN_HOUR = `
  select r.task_id as "taskId", r.workspace_id as "workspaceId", r.user_id as "userId", r.kind, r.own, t.due
  from reminder r join task t on t.id = r.task_id
  where r.user_id = $1 and r.fired_at is null and r.wanted_at is null and t.due_date is not null and t.due_at is null`

type Row = Pick<Planned, 'taskId' | 'workspaceId' | 'userId' | 'own'> & { kind: Kind; due: When }

export const onZoneChanged: Reaction<'user.updated'> = async (ctx, { data }) => {
  if (data.timeZone === undefined) return
  const rows = await ctx.tx.sql<Row & Record<string, unknown>>(WITHOUT_AN_HOUR, [data.id])
  saveReminders(
    ctx,
    rows.map((row) => ({ ...row, isWaiting: true, wantedAt: null, zone: data.timeZone ?? null })),
  )
}
