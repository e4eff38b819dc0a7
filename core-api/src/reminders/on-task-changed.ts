import type { WriteCtx } from '../context.ts'
import type { Reaction } from '../streams/reactions.ts'
import type { TaskRow } from '../tasks/tasks.access.ts'
import type { Kind } from './moments.ts'
import { alertsFor, type Planned, saveReminders } from './planning.ts'

interface Concerned extends Record<string, unknown> {
  userId: string
  zone: string | null
  reminders: { kind: Kind; own: boolean; wantedAt: string | null }[]
}

/** Everybody who is assigned, or who has reminders of the task. */
const CONCERNED = `
  select u.id as "userId", u.time_zone as zone, coalesce(json_agg(json_build_object(
    'kind', r.kind, 'own', r.own, 'wantedAt', iso(r.wanted_at))) filter (where r.id is not null), '[]') as reminders
  from auth_user u left join reminder r on r.task_id = $1 and r.user_id = u.id
  where u.id = any($2::uuid[]) or r.id is not null
  group by u.id`

const DROP = 'delete from reminder where task_id = $1 and not own and user_id <> all($2::uuid[])'

/** Reminders follow the due date, and the alerts those who are assigned. */
export const onTaskChanged: Reaction<'task.created' | 'task.updated' | 'task.moved'> = async (ctx, { about }) => {
  const { task, before } = about!
  if (!before) return void (task.due && task.assigneeIds.length > 0 && (await plan(ctx, task)))
  const isSame = task.due === before.due && task.assigneeIds === before.assigneeIds
  if (isSame || (!task.due && !before.due)) return
  if (task.assigneeIds !== before.assigneeIds) ctx.tx.later(DROP, [task.id, task.assigneeIds])
  await plan(ctx, task)
}

async function plan(ctx: WriteCtx, task: TaskRow): Promise<void> {
  const people = await ctx.tx.sql<Concerned>(CONCERNED, [task.id, task.assigneeIds])
  saveReminders(
    ctx,
    people.flatMap((one) => [...ownOf(one, task), ...alertsOf(one, task)]),
  )
}

function ownOf({ userId, zone, reminders }: Concerned, task: TaskRow): Planned[] {
  const { id: taskId, workspaceId, due } = task
  return reminders
    .filter(({ own }) => own)
    .map(({ kind, wantedAt }) => ({ taskId, workspaceId, userId, kind, own: true, wantedAt, due, zone }))
}

function alertsOf({ userId, zone }: Concerned, { id: taskId, workspaceId, assigneeIds, due }: TaskRow): Planned[] {
  return assigneeIds.includes(userId) ? alertsFor({ taskId, workspaceId, userId, due, zone }) : []
}
