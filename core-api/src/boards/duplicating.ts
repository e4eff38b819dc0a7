import type { Board } from '@taskflow/shared/dto/board.ts'
import { byPosition } from '@taskflow/shared/board/position.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { type ColumnRow, ColumnEntity } from '../columns/column.entity.ts'
import type { WriteCtx } from '../context.ts'
import { demandRoom } from '../quotas.ts'
import { alertAssigned, type AssignedCopy } from '../reminders/alerting-copies.ts'
import { holdWorkspaceFor } from '../workspaces/workspaces.access.ts'
import { getBoardFor, lockBoardFor } from './boards.access.ts'
import { buildBoard, findCreated, insertBoard, insertColumns, recordNewBoard } from './creating.ts'
import { unchanged } from './saving.ts'

export interface Duplicate {
  id?: string
  name?: string
  withTasks?: boolean
}

/** A board with the same columns, and on request the same tasks, without their comments and attachments. */
export async function duplicateBoard(ctx: WriteCtx, sourceId: string, input: Duplicate): Promise<Board> {
  const { workspaceId } = await getBoardFor(ctx, sourceId, 'board:read')
  await holdWorkspaceFor(ctx, workspaceId, 'board:create')
  const source = await lockBoardFor(ctx, sourceId, 'board:read')
  const { description, visibility } = source
  const known = input.id === undefined ? null : await findCreated(ctx, workspaceId, input.id)
  if (known) return unchanged(ctx, known)
  await demandRoom(ctx, 'boards', workspaceId)
  const name = input.name ?? `${source.name} (copy)`
  const board = await buildBoard(ctx, workspaceId, { id: input.id, name, description, visibility })
  const originals = (await ctx.tx.em.find(ColumnEntity, { boardId: sourceId })).sort(byPosition)
  insertBoard(ctx, board)
  const columns = insertColumns(ctx, board, originals)
  if (input.withTasks) {
    const copies = new Map(originals.map((column, i) => [column.id, columns[i]!.id]))
    await copyTasks(ctx, { sourceId, board, columns: copies })
  }
  recordNewBoard(ctx, board, columns)
  return board
}

const LIVE = `
  select id from task where board_id = $1 and deleted_at is null and archived_at is null order by number`

const copyOf = (column: string) => `array(select c.copy from unnest(t.${column}) one join copy c on c.id = one)`

// People who do not see the copy are not assigned in it.
const COPY = `
  with copy as (select * from unnest($1::uuid[], $2::uuid[]) with ordinality as c (id, copy, number)),
  columns as (select * from unnest($3::uuid[], $4::uuid[]) as c (id, copy))
  insert into task (
    id, workspace_id, board_id, column_id, number, position, title, description, priority, label_ids, assignee_ids,
    blocked_by_ids, start, due, due_date, due_at, parent_id, checklist, checklist_done, checklist_total, recurrence,
    created_by, created_at, updated_at, closed_at)
  select copy.copy, t.workspace_id, $5, columns.copy, copy.number, t.position, t.title, t.description, t.priority, t.label_ids,
    array(
      select u.one from unnest(t.assignee_ids) with ordinality as u (one, at)
      join workspace_member m on m.workspace_id = t.workspace_id and m.user_id = u.one
      where u.one = $6 or ($7 = 'workspace' and m.role <> 'guest') order by u.at),
    ${copyOf('blocked_by_ids')}, t.start, t.due, t.due_date, t.due_at, (select copy from copy where id = t.parent_id),
    t.checklist, t.checklist_done, t.checklist_total, t.recurrence, $6, $8, $8, t.closed_at
  from copy join task t on t.id = copy.id join columns on columns.id = t.column_id`

// The same people.
const ASSIGNED_AND_DUE = `
  select copy.copy as "taskId", t.workspace_id as "workspaceId", t.due, u.id as "userId", u.time_zone as zone
  from unnest($1::uuid[], $2::uuid[]) as copy (id, copy) join task t on t.id = copy.id and t.due is not null
  join workspace_member m on m.workspace_id = t.workspace_id and m.user_id = any(t.assignee_ids)
  join auth_user u on u.id = m.user_id
  where u.id = $3 or ($4 = 'workspace' and m.role <> 'guest')`

interface Copying {
  sourceId: string
  board: Board
  /** The copy of each column. */
  columns: Map<ColumnRow['id'], string>
}

async function copyTasks(ctx: WriteCtx, { sourceId, board, columns }: Copying): Promise<void> {
  const tasks = (await ctx.tx.sql<{ id: string }>(LIVE, [sourceId])).map((task) => task.id)
  const copies = tasks.map(() => newId())
  const assigned = [tasks, copies, ctx.actor.id, board.visibility]
  ctx.tx.later(COPY, [
    tasks,
    copies,
    [...columns.keys()],
    [...columns.values()],
    board.id,
    ctx.actor.id,
    board.visibility,
    ctx.now,
  ])
  alertAssigned(ctx, await ctx.tx.sql<AssignedCopy>(ASSIGNED_AND_DUE, assigned))
  ctx.tx.later('update board set last_number = $2 where id = $1', [board.id, tasks.length])
}
