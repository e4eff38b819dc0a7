import type { EventData } from '@taskflow/shared/events/all.ts'
import type { WriteCtx } from '../context.ts'

export type TaskPlaces = EventData<'column.sorted'>['tasks']

/** A task of a column that is locked with all that lies in it, also in the archive and the trash. */
export interface Lying {
  id: string
  position: string
  version: number
  closedAt: string | null
  live: boolean
}

/** Far below what an index takes, and reached only by dozens of placements into one gap. */
export const isLong = ({ position }: { position: string }): boolean => position.length > 100

// Locked in the order of their ids, as everywhere where many are: two who do this at once do not block each other.
const LOCK = `select from task where column_id = $1 order by id for no key update`
const LYING = `
  select id, position, version, iso(closed_at) as "closedAt", deleted_at is null and archived_at is null as live
  from task where column_id = $1`

/** The column's tasks in the order that is asked for, held until the commit. The column must be locked. */
export async function lockTasksIn(ctx: WriteCtx, columnId: string, order = 'position collate "C", id') {
  await ctx.tx.sql(LOCK, [columnId])
  return ctx.tx.sql<Lying & Record<string, unknown>>(`${LYING} order by ${order}`, [columnId])
}

const REARRANGE = `
  update task t set column_id = $2, position = p.position, closed_at = p.closed_at, version = t.version + 1, updated_at = $1
  from unnest($3::uuid[], $4::text[], $5::timestamptz[]) as p (id, position, closed_at) where t.id = p.id`

/** Puts locked tasks where they are wanted, to leave with the commit; answers the live ones as facts tell of them. */
export function rearrange(
  ctx: WriteCtx,
  columnId: string,
  tasks: (Lying & { position: string; closedAt: string | null })[],
): TaskPlaces {
  ctx.tx.later(REARRANGE, [
    ctx.now,
    columnId,
    tasks.map((task) => task.id),
    tasks.map((task) => task.position),
    tasks.map((task) => task.closedAt),
  ])
  return tasks
    .filter((task) => task.live)
    .map(({ id, position, version, closedAt }) => ({
      id,
      columnId,
      position,
      version: version + 1,
      updatedAt: ctx.now,
      closedAt,
    }))
}
