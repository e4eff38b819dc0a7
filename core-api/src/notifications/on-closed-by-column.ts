import type { Reaction } from '../streams/reactions.ts'
import { leaveToWorker } from './telling.ts'

interface Closed extends Record<string, unknown> {
  id: string
  boardId: string
  key: string
  title: string
  userIds: string[]
}

// As they were: the tasks are moved with the commit.
const CLOSED = `
  select t.id, t.board_id as "boardId", b.key || '-' || t.number as key, t.title,
    array(select unnest(t.assignee_ids) union select unnest(t.watcher_ids)) as "userIds"
  from task t join board b on b.id = t.board_id
  where t.id = any($1::uuid[]) and t.closed_at is null and (t.assignee_ids <> '{}' or t.watcher_ids <> '{}')`

/** A removed column whose tasks go to a done one closes them: of each, those concerned hear as of any that is closed. */
export const onClosedByColumn: Reaction<'column.deleted'> = async (ctx, { data, workspaceId }) => {
  const ids = data.tasks.filter(({ closedAt }) => closedAt === ctx.now).map(({ id }) => id)
  const closed = ids.length === 0 ? [] : await ctx.tx.sql<Closed>(CLOSED, [ids])
  if (closed.length === 0) return
  const news = closed.map(({ id, userIds, ...task }) => ({
    subject: { workspaceId: workspaceId!, taskId: id, subjectId: id, ...task },
    reason: 'status_changed' as const,
    type: 'task.closed',
    userIds,
    columnId: data.tasks[0]!.columnId,
  }))
  leaveToWorker(ctx, news)
}
