import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import type { Ctx } from '../context.ts'
import { getMembership } from '../members/members.access.ts'
import { listedTasks } from '../tasks/listing.ts'

/** More than a page, for what lies on boards that the actor cannot see falls away afterwards. */
const HITS_LIMIT = 2_000
const WORDS_LIMIT = 8
const FEW = 5

type Row = ListedTask & Record<string, unknown>

const NUMBER = /^(?:([a-z][a-z0-9]*)-|#)?(\d{1,9})$/i

const NOT_IN_TRASH = 't.workspace_id = $1 and t.deleted_at is null'
const BY_NUMBER = `
  ${listedTasks(`${NOT_IN_TRASH} and t.number = $3 and ($4::text is null or b.key = $4)`)} order by b.key limit $5`
const ranked = (hits: string) =>
  `${listedTasks(NOT_IN_TRASH, { from: `${hits}($1, $3, ${HITS_LIMIT}) h join task t on t.id = h.task_id` })}
  order by t.archived_at is not null, h.rank desc, t.updated_at desc, t.id limit $4`
const BY_WORDS = ranked('search_tasks')
const BY_LIKENESS = ranked('similar_tasks')

/** The best matches in what the actor may see: by number, by the beginnings of words, and, if that finds little, by likeness. */
export async function searchTasks(
  ctx: Ctx,
  workspaceId: string,
  { q, limit }: { q: string; limit: number },
): Promise<ListedTask[]> {
  await getMembership(ctx, workspaceId)
  const who = [workspaceId, ctx.actor.id]
  const [, key, number] = NUMBER.exec(q.trim()) ?? []
  const [numbered, worded] = await Promise.all([
    number ? ctx.tx.sql<Row>(BY_NUMBER, [...who, number, key?.toUpperCase() ?? null, limit]) : [],
    ctx.tx.sql<Row>(BY_WORDS, [...who, toPrefixQuery(q), limit]),
  ])
  const exact = distinct([...numbered, ...worded])
  if (exact.length >= FEW || q.trim().length < 3) return exact.slice(0, limit)
  const alike = await ctx.tx.sql<Row>(BY_LIKENESS, [...who, q.trim().toLowerCase(), limit])
  return distinct([...exact, ...alike]).slice(0, limit)
}

/** Every word as the beginning of one; Postgres takes each quoted part apart by its own rules. */
export function toPrefixQuery(text: string): string {
  const words = text.replace(/['\\\0]/g, ' ').split(/\s+/)
  return words
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, WORDS_LIMIT)
    .map((word) => `'${word}':*`)
    .join(' & ')
}

const distinct = (tasks: Row[]): ListedTask[] => [...new Map(tasks.map((task) => [task.id, task])).values()]
