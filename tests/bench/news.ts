import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '@taskflow/shared/ids.ts'
import pg from 'pg'
import type { Person } from '../../core-api/src/testing/person.ts'
import { type Call, load } from './load.ts'
import type { Stack } from './stack.ts'
import { fillBoard } from './team.ts'

const TEAM = 100
const PER_COLUMN = 60
const IN_FLIGHT = 16
const SLICE_SECONDS = 2
/** What is counted after an act is not to fall into the next slice. */
const PAUSE_MS = 300

/**
 * The same patches, moves to another column and comments: to tasks that concern nobody else, and to tasks with an
 * assignee and a watcher out of a team of a hundred, who are told of every move and comment. By short turns, for a machine has moods.
 */
export async function benchNews(stack: Stack, ada: Person, workspaceId: string, seconds: number) {
  const database = new pg.Client(stack.databaseUrl)
  await database.connect()
  try {
    const board = await fillBoard(stack.url, ada, workspaceId, PER_COLUMN)
    const taskIds = board.taskIds.flat()
    const quiet = taskIds.filter((_, n) => n % 2 === 0)
    const told = taskIds.filter((_, n) => n % 2 === 1)
    await concern(database, workspaceId, told)
    const measure = (some: string[]) => slice(stack, database, ada, acts(some, board.columnIds))
    // The first slices warm up.
    for (const some of [quiet, told]) await measure(some)
    const without: Slice[] = []
    const withNews: Slice[] = []
    for (let round = 0; round < seconds * 3; round++) {
      without.push(await measure(quiet))
      withNews.push(await measure(told))
    }
    return { without: perSecond(without), with: perSecond(withNews) }
  } finally {
    await database.end()
  }
}

async function concern(database: pg.Client, workspaceId: string, taskIds: string[]): Promise<void> {
  const team = Array.from({ length: TEAM }, () => newId())
  await database.query(
    `with people as (
       insert into auth_user (id, name, email) select id, 'Teammate', id || '@example.org' from unnest($2::uuid[]) id
       returning id
     )
     insert into workspace_member (workspace_id, user_id, role) select $1, id, 'member' from people`,
    [workspaceId, team],
  )
  await database.query(
    `update task t set assignee_ids = array[one.assignee], watcher_ids = array[one.watcher]
     from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as one (id, assignee, watcher) where t.id = one.id`,
    [taskIds, taskIds.map((_, n) => team[n % TEAM]), taskIds.map((_, n) => team[(n + 1) % TEAM])],
  )
}

interface Slice {
  acts: number
  failed: number
  facts: number
  seconds: number
}

async function slice(stack: Stack, database: pg.Client, { token }: Person, next: () => Call): Promise<Slice> {
  const before = await countFacts(database)
  const { count, failed, perSecond } = await load(stack.url, {
    token,
    inFlight: IN_FLIGHT,
    seconds: SLICE_SECONDS,
    next,
  })
  await delay(PAUSE_MS)
  return { acts: count, failed, facts: (await countFacts(database)) - before, seconds: count / perSecond }
}

function perSecond(slices: Slice[]) {
  const sum = (of: (one: Slice) => number) => slices.reduce((all, one) => all + of(one), 0)
  const rate = (of: (one: Slice) => number) => Math.round(sum(of) / sum(({ seconds }) => seconds))
  return { acts: rate(({ acts }) => acts), facts: rate(({ facts }) => facts), failed: sum(({ failed }) => failed) }
}

async function countFacts(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ facts: number }>('select count(*)::int as facts from event')
  return rows[0]!.facts
}

function acts(taskIds: string[], columnIds: string[]): () => Call {
  let n = 0
  return () => {
    const id = taskIds[Math.floor(Math.random() * taskIds.length)]!
    const columnId = columnIds[Math.floor(Math.random() * columnIds.length)]!
    switch (n++ % 3) {
      case 0:
        return { method: 'PATCH', path: `/api/tasks/${id}`, body: { title: `Changed ${n}` } }
      case 1:
        return { method: 'PUT', path: `/api/tasks/${id}/position`, body: { columnId, before: null } }
      default:
        return { method: 'POST', path: `/api/tasks/${id}/comments`, body: { body: `Comment ${n}` } }
    }
  }
}
