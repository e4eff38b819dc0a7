import type { Reminder } from '@taskflow/shared/dto/reminder.ts'
import type { Ctx } from '../context.ts'
import { getTaskFor } from '../tasks/tasks.access.ts'

const OWN = `
  select id, task_id as "taskId", kind, iso(at) as at, iso(fired_at) as "firedAt"
  from reminder where task_id = $1 and user_id = $2 and own
  order by at nulls last, kind`

/** The actor's own reminders of a task. */
export async function listReminders(ctx: Ctx, taskId: string): Promise<{ items: Reminder[] }> {
  await getTaskFor(ctx, taskId)
  return { items: await ownReminders(ctx, taskId) }
}

export const ownReminders = (ctx: Ctx, taskId: string): Promise<Reminder[]> =>
  ctx.tx.sql<Reminder & Record<string, unknown>>(OWN, [taskId, ctx.actor.id])
