import type { WriteCtx } from '../context.ts'

const LOCK = 'select from task where board_id = any($1::uuid[]) order by id for no key update'

const without = (column: string) => `
  array(select one from unnest(${column}) with ordinality as u (one, at) where one <> all($2::uuid[]) order by at)`

const DROP = `
  update task set assignee_ids = ${without('assignee_ids')}, watcher_ids = ${without('watcher_ids')}
  where board_id = any($1::uuid[]) and (assignee_ids && $2::uuid[] or watcher_ids && $2::uuid[])`

const SILENCE = `
  delete from reminder r using task t
  where t.id = r.task_id and t.board_id = any($1::uuid[]) and r.user_id = any($2::uuid[]) and not r.own`

/**
 * People who lose boards are taken off the tasks there, as the fact of it does on every screen, and their alerts go
 * along. All tasks are locked, so that nobody is being assigned meanwhile; new ones wait for the boards, which must be
 * locked.
 */
export async function dropFromTasks(ctx: WriteCtx, boardIds: string[], userIds: string[]): Promise<void> {
  if (boardIds.length === 0 || userIds.length === 0) return
  await ctx.tx.sql(LOCK, [boardIds])
  ctx.tx.later(DROP, [boardIds, userIds])
  ctx.tx.later(SILENCE, [boardIds, userIds])
}
