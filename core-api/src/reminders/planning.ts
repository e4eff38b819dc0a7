import type { When } from '@taskflow/shared/dto/when.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { WriteCtx } from '../context.ts'
import { ALERTS, type Kind, momentOf, overdueAt } from './moments.ts'

export interface Planned {
  taskId: string
  workspaceId: string
  userId: string
  kind: Kind
  own: boolean
  /** Of a reminder at a moment of the person's own. */
  wantedAt: string | null
  due: When | null
  zone: string | null
  /** It waits, and goes off at once should its moment have gone: its person has moved, time has not passed it. */
  isWaiting?: boolean
}

/** What everybody who is assigned is told of a date, unasked. */
export const alertsFor = (concerned: Omit<Planned, 'kind' | 'own' | 'wantedAt'>): Planned[] =>
  ALERTS.map((kind) => ({ ...concerned, kind, own: false, wantedAt: null }))

/** Alerts are not dug out for what was due long before anybody could be told. */
export const TOO_OLD_MS = 24 * 3600_000

const SAVE = `
  insert into reminder as r (id, workspace_id, task_id, user_id, kind, own, wanted_at, moment, at, fired_at)
  select id, workspace_id, task_id, user_id, kind, own, wanted_at, moment, at, fired_at
  from json_to_recordset($1) as p (id uuid, workspace_id uuid, task_id uuid, user_id uuid, kind text, own boolean,
    wanted_at timestamptz, moment timestamptz, at timestamptz, fired_at timestamptz)
  order by task_id, user_id, kind, own, wanted_at
  on conflict (task_id, user_id, kind, own, wanted_at)
  do update set moment = excluded.moment, at = excluded.at, fired_at = excluded.fired_at
  where r.moment is distinct from excluded.moment`

/** Writes when each goes off; one whose moment stays the same is left as it is, also if it has gone off. */
export function saveReminders(ctx: WriteCtx, planned: Planned[]): void {
  if (planned.length > 0) ctx.tx.later(SAVE, toValues(ctx, planned))
}

/** The same, done before the answer is read. */
export async function saveRemindersNow(ctx: WriteCtx, planned: Planned[]): Promise<void> {
  if (planned.length > 0) await ctx.tx.sql(SAVE, toValues(ctx, planned))
}

const toValues = (ctx: WriteCtx, planned: Planned[]) => [JSON.stringify(planned.map((one) => toRow(ctx, one)))]

function toRow(ctx: WriteCtx, planned: Planned) {
  const { taskId, workspaceId, userId, kind, own, wantedAt, due, zone } = planned
  const moment = wantedAt ?? momentOf(kind, due, zone)
  const isPast = moment !== null && moment <= ctx.now
  const comesLater = isPast && (planned.isWaiting || isStillNews(ctx, planned))
  return {
    id: newId(),
    workspace_id: workspaceId,
    task_id: taskId,
    user_id: userId,
    kind,
    own,
    wanted_at: wantedAt,
    moment,
    at: comesLater ? ctx.now : moment,
    fired_at: isPast && !comesLater ? ctx.now : null,
  }
}

/** Whoever is given a task that is due within the day, or just was, hears of that; whoever set it knows. */
function isStillNews({ actor, now }: WriteCtx, { userId, kind, own, due, zone }: Planned): boolean {
  if (own || !due || userId === actor.id) return false
  const end = overdueAt(due, zone)
  if (kind === 'due_soon') return end > now
  return Date.parse(end) > Date.parse(now) - TOO_OLD_MS
}
