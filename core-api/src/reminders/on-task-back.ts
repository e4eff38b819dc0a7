import { boardStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import type { Reaction } from '../streams/reactions.ts'
import { TOO_OLD_MS } from './planning.ts'

const WAKE = `
  update reminder r set fired_at = null
  from unnest($1::uuid[], $2::timestamptz[]) as back (id, gone_at)
  where r.task_id = back.id and r.fired_at >= back.gone_at and r.moment > $3`

/** What went by unsaid while the task was closed or put away is said now that the task is to be done again. */
export const onTaskBack: Reaction<'task.reopened' | 'task.restored' | 'task.moved'> = (ctx, { about }) => {
  const { task, before } = about!
  if (!before || task.closedAt || task.archivedAt || task.deletedAt) return
  const [goneAt] = [before.closedAt, before.archivedAt, before.deletedAt].filter((at) => at !== null).toSorted()
  if (goneAt) wake(ctx, [{ id: task.id, goneAt }])
}

const CLOSED = `
  select id, iso(closed_at) as "goneAt" from task where id = any($1::uuid[]) and closed_at is not null`

/** The tasks of a done column that is removed go to another, which may reopen them. */
export const onColumnReopened: Reaction<'column.deleted'> = async (ctx, { data }) => {
  const open = data.tasks.filter(({ closedAt }) => closedAt === null).map(({ id }) => id)
  if (open.length > 0) wake(ctx, await ctx.tx.sql<Back>(CLOSED, [open]))
}

const ON_BOARD = `
  select t.id, iso(b.archived_at) as "goneAt" from board b join task t on t.board_id = b.id
  where b.id = $1 and t.closed_at is null and t.archived_at is null and t.deleted_at is null and exists (
    select from reminder r where r.task_id = t.id and r.fired_at >= b.archived_at)`

/** The same of the open tasks of a board that comes back from the archive. */
export const onBoardBack: Reaction<'board.restored'> = async (ctx, { stream, data }) => {
  if (stream === boardStream(data.id)) wake(ctx, await ctx.tx.sql<Back>(ON_BOARD, [data.id]))
}

interface Back extends Record<string, unknown> {
  id: string
  goneAt: string
}

function wake(ctx: WriteCtx, back: Back[]): void {
  if (back.length === 0) return
  const oldest = new Date(Date.parse(ctx.now) - TOO_OLD_MS).toISOString()
  ctx.tx.later(WAKE, [back.map(({ id }) => id), back.map(({ goneAt }) => goneAt), oldest])
}
