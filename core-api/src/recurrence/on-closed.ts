import type { WriteCtx } from '../context.ts'
import { enqueue } from '../jobs/enqueuing.ts'
import type { Fact } from '../streams/record.ts'
import { type Followed, followTask } from './following.ts'

// Hoisted: the reactions are listed where it is written from.
/** What repeats is followed by the next, which is there when whoever closed it, or created it as done, looks. */
export function onRecurringClosed(ctx: WriteCtx, { about }: Fact<'task.closed' | 'task.moved' | 'task.created'>): void {
  const { task, before } = about!
  if (!task.recurrence || !task.closedAt || before?.closedAt) return
  const followed = { workspaceId: task.workspaceId, taskId: task.id, columnId: before?.columnId ?? task.columnId }
  ctx.beforeAnswer.push(follow(ctx, followed))
}

/** What is to repeat only after it was closed is followed at once, as if it had just been done. */
export function onClosedRepeating(ctx: WriteCtx, { about }: Fact<'task.updated'>): void {
  const { task, before } = about!
  if (!task.recurrence || !task.closedAt || task.recurrence === before?.recurrence) return
  const { id: taskId, workspaceId, columnId } = task
  ctx.beforeAnswer.push(follow(ctx, { workspaceId, taskId, columnId, doneAt: ctx.now }))
}

/** The tasks of a column that is removed go to another, which may close them. */
export async function onColumnEmptied(ctx: WriteCtx, fact: Fact<'column.deleted'>): Promise<void> {
  const closed = fact.data.tasks.filter(({ closedAt }) => closedAt === ctx.now).map(({ id }) => id)
  if (closed.length === 0) return
  const recurring = await ctx.tx.sql<{ id: string }>(
    'select id from task where id = any($1::uuid[]) and recurrence is not null and closed_at is null',
    [closed],
  )
  for (const { id } of recurring) {
    ctx.afterCommit.push(follow(ctx, { workspaceId: fact.workspaceId!, taskId: id, columnId: fact.data.id }))
  }
}

/** A fact of its own on the same board, so a transaction of its own: at once, or by a worker if this process dies. */
function follow(ctx: WriteCtx, followed: Followed): () => Promise<void> {
  enqueue(ctx, 'recurrence.follow', followed)
  return () =>
    followTask(ctx.deps, followed).catch((error: unknown) => {
      ctx.deps.log.warn({ err: error, taskId: followed.taskId }, 'what follows a task is left to a worker')
    })
}
