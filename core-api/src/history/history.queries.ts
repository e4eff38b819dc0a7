import type { HistoryItem } from '@taskflow/shared/dto/history.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import { ACCESS_JOINS, getBoardFor, VISIBLE } from '../boards/boards.access.ts'
import type { Ctx } from '../context.ts'
import { pageBy, toPage } from '../http/paging.ts'
import { getMembership } from '../members/members.access.ts'
import { getTaskFor } from '../tasks/tasks.access.ts'
import { type FactRow, toHistoryItem } from './history.dto.ts'

type Row = FactRow & Record<string, unknown>

interface PageByTime {
  cursor?: [at: string, stream: string, seq: number]
  limit: number
}

const FACT = 'e.stream, e.seq::int, iso(e.at) as at, e.type, e.actor, e.subject, e.data'
const BEFORE = '($2::timestamptz is null or (e.at, e.stream, e.seq) < ($2, $3::text, $4::bigint))'
const LATEST = 'order by e.at desc, e.stream desc, e.seq desc'

const OF_TASK = `
  select ${FACT} from event e
  where e.subject = $5 and e.stream = any($1::text[]) and ${BEFORE}
    and not (e.type = 'task.deleted' and e.data ->> 'reason' = 'moved')
  ${LATEST} limit $6`

/** What happened to a task, on all the boards where it has been, as far as the actor may see them. */
export async function listHistoryOfTask(ctx: Ctx, taskId: string, page: PageByTime): Promise<Page<HistoryItem>> {
  const task = await getTaskFor(ctx, taskId)
  const streams = await listVisibleStreams(ctx, task.workspaceId)
  return pageByTime(ctx, OF_TASK, [streams, ...(page.cursor ?? [null, null, null]), taskId], page.limit)
}

// Each stream has an index of its own order: the newest of each are enough to find the newest of all.
const OF_STREAMS = `
  select ${FACT}
  from unnest($1::text[]) s(id) cross join lateral (
    select * from event e where e.stream = s.id and ${BEFORE} order by e.seq desc limit $5
  ) e
  ${LATEST} limit $5`

export async function listActivity(ctx: Ctx, workspaceId: string, page: PageByTime): Promise<Page<HistoryItem>> {
  await getMembership(ctx, workspaceId)
  const streams = await listVisibleStreams(ctx, workspaceId)
  return pageByTime(ctx, OF_STREAMS, [streams, ...(page.cursor ?? [null, null, null])], page.limit)
}

const OF_STREAM = `
  select ${FACT} from event e where e.stream = $1 and ($2::bigint is null or e.seq < $2) order by e.seq desc limit $3`

export async function listHistoryOfBoard(
  ctx: Ctx,
  boardId: string,
  { cursor, limit }: { cursor?: number; limit: number },
): Promise<Page<HistoryItem>> {
  await getBoardFor(ctx, boardId, 'board:read')
  const rows = await ctx.tx.sql<Row>(OF_STREAM, [boardStream(boardId), cursor ?? null, limit + 1])
  const { items, next } = pageBy(rows, limit, ({ seq }) => String(seq))
  return { items: await present(ctx, items), next }
}

async function pageByTime(ctx: Ctx, query: string, values: unknown[], limit: number): Promise<Page<HistoryItem>> {
  const rows = await ctx.tx.sql<Row>(query, [...values, limit + 1])
  const { items, next } = toPage(rows, limit, ({ at, stream, seq }) => [at, stream, seq])
  return { items: await present(ctx, items), next }
}

const VISIBLE_BOARDS = `select b.id from board b ${ACCESS_JOINS} where b.workspace_id = $1 and ${VISIBLE}`

async function listVisibleStreams(ctx: Ctx, workspaceId: string): Promise<string[]> {
  const boards = await ctx.tx.sql<{ id: string }>(VISIBLE_BOARDS, [workspaceId, ctx.actor.id])
  return boards.map(({ id }) => boardStream(id))
}

const TASKS = `
  select t.id, b.key || '-' || t.number as key, t.title
  from task t join board b on b.id = t.board_id ${ACCESS_JOINS} where t.id = any($1::uuid[]) and ${VISIBLE}`

async function present(ctx: Ctx, rows: Row[]): Promise<HistoryItem[]> {
  const subjects = [...new Set(rows.flatMap(({ subject }) => subject ?? []))]
  const tasks = await ctx.tx.sql<{ id: string; key: string; title: string }>(TASKS, [subjects, ctx.actor.id])
  const byId = new Map(tasks.map((task) => [task.id, task]))
  return rows.map((row) => toHistoryItem(row, byId.get(row.subject ?? '') ?? null))
}
