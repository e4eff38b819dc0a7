import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import { ACCESS_JOINS, getBoardFor, VISIBLE } from '../boards/boards.access.ts'
import type { Ctx } from '../context.ts'
import { pageById, toPage } from '../http/paging.ts'
import { getTaskFor } from './tasks.access.ts'

type Row = ListedTask & Record<string, unknown>

const LISTED = `
  t.id, t.workspace_id as "workspaceId", t.board_id as "boardId", t.column_id as "columnId", t.number, t.position, t.title,
  t.description <> '' as "hasDescription", t.priority, t.assignee_ids as "assigneeIds", t.label_ids as "labelIds",
  t.start, t.due, t.parent_id as "parentId", t.blocked_by_ids as "blockedByIds",
  case when t.checklist_total > 0
    then json_build_object('done', t.checklist_done, 'total', t.checklist_total) end as checklist,
  t.comment_count as "commentCount", t.attachment_count as "attachmentCount", t.recurrence,
  t.created_by as "createdBy", iso(t.created_at) as "createdAt", iso(t.updated_at) as "updatedAt",
  iso(t.closed_at) as "closedAt", iso(t.archived_at) as "archivedAt", iso(t.deleted_at) as "deletedAt", t.version,
  b.key || '-' || t.number as key, b.name as "boardName", c.name as "columnName"`

/** Tasks of boards that the actor ($2) may see. */
export const listedTasks = (condition: string, { more = '', from = 'task t' } = {}) => `
  select ${LISTED} ${more}
  from ${from} join board b on b.id = t.board_id ${ACCESS_JOINS}
  join board_column c on c.id = t.column_id
  where ${VISIBLE} and ${condition}`

const PRESENT = 't.deleted_at is null and t.archived_at is null'
const STATES = { open: 't.closed_at is null', closed: 't.closed_at is not null', all: 'true' }

const mine = (state: keyof typeof STATES) =>
  `${listedTasks(
    `t.assignee_ids @> array[$1::uuid] and ${PRESENT} and b.archived_at is null and ${STATES[state]}
     and ($3::date is null or t.due_date >= $3) and ($4::date is null or t.due_date <= $4)
     and ($5::date is null
          or (coalesce(t.due_date, 'infinity'), coalesce(t.due_at, 'infinity'), t.id) > ($5, $6::timestamptz, $7::uuid))`,
  )}
  order by coalesce(t.due_date, 'infinity'), coalesce(t.due_at, 'infinity'), t.id limit $8`

const MINE = { open: mine('open'), closed: mine('closed'), all: mine('all') }

interface PageOfMine {
  state: keyof typeof STATES
  dueFrom?: string
  dueTo?: string
  cursor?: [date: string, at: string, id: string]
  limit: number
}

/** What is assigned to the actor, over all boards: the next due first, what has no date last. */
export async function listMyTasks(ctx: Ctx, query: PageOfMine): Promise<Page<ListedTask>> {
  const { state, dueFrom = null, dueTo = null, cursor = [null, null, null], limit } = query
  const { id } = ctx.actor
  const rows = await ctx.tx.sql<Row>(MINE[state], [id, id, dueFrom, dueTo, ...cursor, limit + 1])
  return toPage(rows, limit, (task) => [task.due?.date ?? 'infinity', task.due?.at ?? 'infinity', task.id])
}

const ofBoard = (at: string, condition: string) =>
  `${listedTasks(`t.board_id = $1 and ${condition} and ($3::timestamptz is null or (${at}, t.id) < ($3, $4::uuid))`, {
    more: `, iso(${at}) as at`,
  })} order by ${at} desc, t.id desc limit $5`

const OF_BOARD = {
  archived: ofBoard('t.archived_at', 't.archived_at is not null and t.deleted_at is null'),
  trash: ofBoard('t.deleted_at', 't.deleted_at is not null'),
  all: ofBoard('t.created_at', 'true'),
}

interface PageOfBoard {
  state: keyof typeof OF_BOARD
  cursor?: [at: string, id: string]
  limit: number
}

/** What lies in a board's archive or trash, or everything that ever was on it: the latest first. */
export async function listTasksOf(
  ctx: Ctx,
  boardId: string,
  { state, cursor = undefined, limit }: PageOfBoard,
): Promise<Page<ListedTask>> {
  await getBoardFor(ctx, boardId, 'board:read')
  const values = [boardId, ctx.actor.id, ...(cursor ?? [null, null]), limit + 1]
  const rows = await ctx.tx.sql<Row & { at: string }>(OF_BOARD[state], values)
  const { items, next } = toPage(rows, limit, ({ at, id }) => [at, id])
  return { items: items.map(({ at: _, ...task }) => task as unknown as ListedTask), next }
}

const SUBTASKS = `
  ${listedTasks(`t.parent_id = $1 and ${PRESENT} and ($3::uuid is null or t.id > $3)`)} order by t.id limit $4`

export async function listSubtasks(
  ctx: Ctx,
  taskId: string,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<Page<ListedTask>> {
  await getTaskFor(ctx, taskId)
  return pageById(await ctx.tx.sql<Row>(SUBTASKS, [taskId, ctx.actor.id, cursor ?? null, limit + 1]), limit)
}

const DEPENDENCIES_LIMIT = 200
const BLOCKED_BY = `${listedTasks(`t.id = any($1::uuid[]) and t.deleted_at is null`)} order by t.id limit $3`
const BLOCKS = `
  ${listedTasks(`t.workspace_id = $3 and t.blocked_by_ids @> array[$1::uuid] and t.deleted_at is null`)}
  order by t.id limit $4`

/** What a task waits for and what waits for it, as far as the actor may see it. */
export async function listDependencies(
  ctx: Ctx,
  taskId: string,
): Promise<{ blockedBy: ListedTask[]; blocks: ListedTask[] }> {
  const task = await getTaskFor(ctx, taskId)
  const [blockedBy, blocks] = await Promise.all([
    ctx.tx.sql<Row>(BLOCKED_BY, [task.blockedByIds, ctx.actor.id, DEPENDENCIES_LIMIT]),
    ctx.tx.sql<Row>(BLOCKS, [taskId, ctx.actor.id, task.workspaceId, DEPENDENCIES_LIMIT]),
  ])
  return { blockedBy, blocks }
}
