import type { WriteCtx } from '../context.ts'
import type { TaskRow } from '../tasks/tasks.access.ts'
import { countAfterwards } from './telling.ts'

interface Forgotten {
  workspaceId: string
  /** Of everybody, if nobody is named. */
  userIds?: string[]
  /** About everything in the workspace, if neither boards nor a task are named. */
  boardIds?: string[]
  taskId?: string
}

const FORGET = 'select forget_notifications($1, $2, $3, $4) as id'
const RETRACT = 'select retract_comment($1, $2, $3) as id'
const FOLLOW = 'select follow_task($1, $2, $3, $4) as id'

export async function forget(ctx: WriteCtx, { workspaceId, userIds, boardIds, taskId }: Forgotten): Promise<void> {
  const values = [workspaceId, userIds ?? null, boardIds ?? null, taskId ?? null]
  count(ctx, await ctx.tx.sql<{ id: string }>(FORGET, values))
}

export async function followTask(
  ctx: WriteCtx,
  { workspaceId, id, boardId, boardKey, number }: TaskRow,
): Promise<void> {
  count(ctx, await ctx.tx.sql<{ id: string }>(FOLLOW, [workspaceId, id, boardId, `${boardKey}-${number}`]))
}

export async function retractComment(ctx: WriteCtx, workspaceId: string, taskId: string, id: string): Promise<void> {
  count(ctx, await ctx.tx.sql<{ id: string }>(RETRACT, [workspaceId, taskId, id]))
}

const count = (ctx: WriteCtx, people: { id: string }[]) =>
  countAfterwards(
    ctx,
    people.map(({ id }) => id),
  )
