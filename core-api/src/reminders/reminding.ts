import type { Reminder, ReminderKind } from '@taskflow/shared/dto/reminder.ts'
import { userStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { Invalid } from '../errors.ts'
import { lockTaskFor, type TaskRow } from '../tasks/tasks.access.ts'
import { type Planned, saveRemindersNow } from './planning.ts'
import { ownReminders } from './reminders.queries.ts'

export interface WantedReminder {
  kind: ReminderKind
  at?: string
}

const OTHERS = `
  delete from reminder where task_id = $1 and user_id = $2 and own and not exists (
    select from json_to_recordset($3) as wanted (kind text, at timestamptz)
    where wanted.kind = reminder.kind and wanted.at is not distinct from reminder.wanted_at)`
const ALL = 'delete from reminder where task_id = $1 and user_id = $2 and own'

/** These are from now on the actor's reminders of the task. Whoever sees a task may be reminded of it. */
export async function setReminders(
  ctx: WriteCtx,
  taskId: string,
  wanted: WantedReminder[],
): Promise<{ items: Reminder[] }> {
  const task = await lockTaskFor(ctx, taskId, 'board:read')
  const [known, [person]] = await Promise.all([
    ownReminders(ctx, taskId),
    ctx.tx.sql<{ zone: string | null }>('select time_zone as zone from auth_user where id = $1', [ctx.actor.id]),
  ])
  const moments = wanted.map(({ kind, at }) => ({ kind, at: at ? new Date(at).toISOString() : null }))
  moments.forEach(({ at }, i) => {
    if (at && at <= ctx.now && !known.some((one) => one.kind === 'custom' && one.at === at)) throw inThePast(i)
  })
  const once = [...new Map(moments.map((one) => [`${one.kind} ${one.at}`, one])).values()]
  ctx.unchanged.add(userStream(ctx.actor.id))
  await ctx.tx.sql(OTHERS, [taskId, ctx.actor.id, JSON.stringify(once)])
  await saveRemindersNow(
    ctx,
    once.map(({ kind, at }) => ownReminder(ctx, task, kind, at, person!.zone)),
  )
  return { items: await ownReminders(ctx, taskId) }
}

export async function dropReminders(ctx: WriteCtx, taskId: string): Promise<void> {
  await lockTaskFor(ctx, taskId, 'board:read', 'removed')
  ctx.unchanged.add(userStream(ctx.actor.id))
  ctx.tx.later(ALL, [taskId, ctx.actor.id])
}

const ownReminder = (
  ctx: WriteCtx,
  { id: taskId, workspaceId, due }: TaskRow,
  kind: ReminderKind,
  wantedAt: string | null,
  zone: string | null,
): Planned => ({ taskId, workspaceId, userId: ctx.actor.id, kind, own: true, wantedAt, due, zone })

const inThePast = (index: number) =>
  new Invalid([{ path: `reminders.${index}.at`, message: 'must be in the future' }], 'reminders.in_the_past')
