import { setTimeout as pause } from 'node:timers/promises'
import type { Reason } from '@taskflow/shared/dto/notification.ts'
import { write, type WriteCtx } from '../context.ts'
import type { CoreDeps } from '../core-deps.ts'
import { eachApart } from '../jobs/each-apart.ts'
import { systemActor } from '../jobs/system-actor.ts'
import type { NewsOfOne } from '../notifications/news.ts'
import { tellNow } from '../notifications/telling.ts'
import { holdWorkspace } from '../workspaces/workspaces.access.ts'
import type { Kind } from './moments.ts'

const LOOKED_AT = 5_000
/** Short transactions, one after the other, with air between them: whoever writes meanwhile hardly notices. */
const PAUSE_MS = 10
/** Longer than a sweep is ever away, unless everything was. */
const LATE_MS = 2 * 60_000

interface Fired extends Record<string, unknown> {
  userId: string
  taskId: string
  boardId: string
  key: string
  title: string
  kind: Kind
  /** Set by the person, not come with being assigned. */
  own: boolean
  at: string
  /** The task still waits to be done, and the alert is still this person's. */
  counts: boolean
}

// At most one task per person, for the stream of each takes one fact per transaction. A task that is just being changed
// is left for the next sweep: it may be due at another time by then.
const FIRE = `
  with due as (
    select r.id, r.user_id, r.task_id, r.at
    from reminder r join task t on t.id = r.task_id
    where r.workspace_id = $1 and r.fired_at is null and r.at <= $2
    order by r.at, r.task_id, r.user_id limit 500
    for update of r skip locked for key share of t skip locked
  ), picked as (
    select user_id, task_id from (select distinct on (user_id) user_id, task_id, at from due order by user_id, at) first
    order by at limit 100
  ), fired as (
    update reminder r set fired_at = $2 from due join picked using (user_id, task_id)
    where r.id = due.id
    returning r.user_id, r.task_id, r.kind, r.own, r.at
  )
  select f.user_id as "userId", f.task_id as "taskId", t.board_id as "boardId", b.key || '-' || t.number as key, t.title,
    f.kind, f.own, iso(f.at) as at,
    t.closed_at is null and t.deleted_at is null and t.archived_at is null and b.archived_at is null
      and (f.own or f.user_id = any(t.assignee_ids)) as counts
  from fired f join task t on t.id = f.task_id join board b on b.id = t.board_id`

/** Lets go off whatever is due, in every workspace; what was missed goes off once, and is marked as late. */
export async function sweepReminders(deps: CoreDeps): Promise<void> {
  for (let fired = 1; fired > 0;) {
    const now = new Date(deps.clock.now())
    const { rows } = await deps.pool.query<{ id: string }>('select workspaces_with_due_reminders($1, $2) as id', [
      now,
      LOOKED_AT,
    ])
    fired = 0
    await eachApart(deps, rows, async ({ id }) => void (fired += await sweepWorkspace(deps, id)))
  }
}

async function sweepWorkspace(deps: CoreDeps, workspaceId: string): Promise<number> {
  let all = 0
  for (let fired = 1; fired > 0 && !deps.stopping.aborted; all += fired) {
    fired = await fireOnce(deps, workspaceId)
    if (fired > 0) await pause(PAUSE_MS)
  }
  return all
}

async function fireOnce(deps: CoreDeps, workspaceId: string): Promise<number> {
  let count = 0
  const actor = systemActor(workspaceId)
  await write(deps, { actor }, async (ctx) => {
    // Whoever loses access meanwhile waits, and then takes back what they were told.
    const [, fired] = await Promise.all([
      holdWorkspace(ctx, workspaceId),
      ctx.tx.sql<Fired>(FIRE, [workspaceId, ctx.now]),
    ])
    count = fired.length
    const told = await tellOf(
      ctx,
      workspaceId,
      fired.filter(({ counts }) => counts),
    )
    // Whoever wants no reminders still wants the alert that fell together with one.
    const withOwn = new Set(fired.filter(({ own }) => own).map(({ userId }) => userId))
    await tellOf(
      ctx,
      workspaceId,
      fired.filter(({ userId, counts, own }) => counts && !own && withOwn.has(userId) && !told.includes(userId)),
    )
    return { status: 204 }
  })
  return count
}

/** Tells each person once of what went off for them. Answers who was told. */
async function tellOf(ctx: WriteCtx, workspaceId: string, fired: Fired[]): Promise<string[]> {
  if (fired.length === 0) return []
  const people = Map.groupBy(fired, ({ userId }) => userId)
  const news = [...people.values()].map((ofOne) => toNews(workspaceId, ofOne, ctx.now))
  return tellNow(ctx, news, { txn: ctx.txn, at: ctx.now, actorId: ctx.actor.id })
}

function toNews(workspaceId: string, ofOne: Fired[], now: string): NewsOfOne {
  const { userId, taskId, boardId, key, title } = ofOne[0]!
  const reason = reasonOf(ofOne)
  return {
    userId,
    subject: { workspaceId, boardId, taskId, subjectId: taskId, key, title },
    reason,
    type: reason === 'reminder' ? 'reminder.fired' : `task.${reason}`,
    late: ofOne.some(({ at }) => Date.parse(now) - Date.parse(at) > LATE_MS),
  }
}

/** What a person asked for themselves is a reminder, which no muted board keeps back, whatever else falls together with it. */
function reasonOf(ofOne: Fired[]): Reason {
  if (ofOne.some(({ own }) => own)) return 'reminder'
  return ofOne.some(({ kind }) => kind === 'overdue') ? 'overdue' : 'due_soon'
}
