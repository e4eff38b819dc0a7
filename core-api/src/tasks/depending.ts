import { ACCESS_JOINS, VISIBLE } from '../boards/boards.access.ts'
import type { Ctx, WriteCtx } from '../context.ts'
import { Invalid, unknownId } from '../errors.ts'
import type { TaskRow } from './tasks.access.ts'

const REACHABLE = `
  with recursive upstream(id) as (
    select unnest($3::uuid[])
    union
    select unnest(t.blocked_by_ids) from task t join upstream u on t.id = u.id
  )
  select exists (select from upstream where id = $1) as circular,
         (select count(*)::int from task t join board b on b.id = t.board_id ${ACCESS_JOINS}
          where t.id = any($3::uuid[]) and t.workspace_id = $4 and t.deleted_at is null and ${VISIBLE}) as found`

/** Two people who close a circle from both ends at once meet at the lock. */
export async function demandAcyclic(
  ctx: WriteCtx,
  task: TaskRow,
  blockedByIds: string[],
  path = 'blockedByIds',
): Promise<void> {
  await ctx.tx.sql(`select pg_advisory_xact_lock(hashtextextended('dependencies:' || $1, 0))`, [task.workspaceId])
  const values = [task.id, ctx.actor.id, blockedByIds, task.workspaceId]
  const [row] = await ctx.tx.sql<{ circular: boolean; found: number }>(REACHABLE, values)
  if (row!.found < new Set(blockedByIds).size) {
    throw unknownId(path, 'names a task that you cannot see', 'tasks.not_found')
  }
  if (row!.circular) {
    throw new Invalid([{ path, message: 'would make the task wait for itself' }], 'tasks.circular')
  }
}

// Two people who make a circle from both ends at once meet here; and the parent stays on its board until the commit.
const HOLD_FAMILY = `select pg_advisory_xact_lock(hashtextextended('family:' || $1, 0))`
const HOLD_PARENT = 'select from task where id = $1 for key share'

const ANCESTORS = `
  with recursive up(id, parent_id, board_id) as (
    select id, parent_id, board_id from task where id = $1 and deleted_at is null
    union
    select t.id, t.parent_id, t.board_id from task t join up on t.id = up.parent_id
  )
  select id, board_id as "boardId" from up`

/** A subtask lies on the board of its parent, and is not above it. */
export async function demandParent(ctx: Ctx, task: Pick<TaskRow, 'id' | 'boardId'>, parentId: string): Promise<void> {
  const [, , ancestors] = await Promise.all([
    ctx.tx.sql(HOLD_FAMILY, [task.boardId]),
    ctx.tx.sql(HOLD_PARENT, [parentId]),
    ctx.tx.sql<{ id: string; boardId: string }>(ANCESTORS, [parentId]),
  ])
  if (ancestors.find((one) => one.id === parentId)?.boardId !== task.boardId) {
    throw new Invalid([{ path: 'parentId', message: 'is not a task of this board' }], 'tasks.not_found')
  }
  if (ancestors.some((one) => one.id === task.id)) {
    throw new Invalid([{ path: 'parentId', message: 'is the task itself or one of its subtasks' }], 'tasks.circular')
  }
}
