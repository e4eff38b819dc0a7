import { positionsBetween } from '@taskflow/shared/board/position.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict, Invalid } from '../errors.ts'
import { recordOnBoard } from '../streams/record.ts'
import { ColumnEntity, type ColumnRow } from './column.entity.ts'
import { findLocked, lockColumnFor } from './columns.access.ts'
import { type Lying, lockTasksIn, rearrange, type TaskPlaces } from './rearranging.ts'

/** Removes a column. Its tasks, also those in the archive and the trash, go below those of `moveTo` in their order. */
export async function removeColumn(ctx: WriteCtx, id: string, moveTo?: string): Promise<void> {
  const { column } = await lockColumnFor(ctx, id, 'column:write')
  await refuseLast(ctx, column)
  // Nothing comes into it any more.
  await ctx.tx.sql('select from board_column where id = $1 for update', [id])
  const tasks = await lockTasksIn(ctx, id)
  const places = tasks.length === 0 ? [] : await moveAll(ctx, column, tasks, moveTo)
  ctx.tx.later('delete from board_column where id = $1', [id])
  recordOnBoard(ctx, column, { type: 'column.deleted', subject: id, data: { id, tasks: places } })
}

async function refuseLast(ctx: WriteCtx, { boardId }: ColumnRow): Promise<void> {
  if ((await ctx.tx.em.count(ColumnEntity, { boardId })) > 1) return
  throw new Conflict('columns.last', 'A board keeps at least one column.')
}

const HELD = `
  select max(position) as last, count(*) filter (where deleted_at is null and archived_at is null)::int as live
  from task where column_id = $1`

async function moveAll(ctx: WriteCtx, from: ColumnRow, tasks: Lying[], moveTo?: string): Promise<TaskPlaces> {
  const to = await lockTarget(ctx, from, tasks, moveTo)
  const [held] = await ctx.tx.sql<{ last: string | null; live: number }>(HELD, [to.id])
  refuseOverLimit(to, held!.live, tasks.filter((task) => task.live).length)
  const positions = positionsBetween(held!.last, null, tasks.length)
  const closedIn = (task: Lying) => (to.done ? (task.closedAt ?? ctx.now) : from.done ? null : task.closedAt)
  const moved = tasks.map((task, i) => ({ ...task, position: positions[i]!, closedAt: closedIn(task) }))
  return rearrange(ctx, to.id, moved)
}

async function lockTarget(ctx: WriteCtx, { id, boardId }: ColumnRow, tasks: Lying[], moveTo?: string) {
  if (moveTo === undefined) {
    throw new Conflict('columns.not_empty', 'There are tasks in this column: name the column that they go to.', {
      errors: [{ path: 'moveTo', message: 'is required' }],
      members: { tasks: tasks.length },
    })
  }
  const target = moveTo === id ? null : await findLocked(ctx, { id: moveTo, boardId })
  if (target) return target
  throw new Invalid([{ path: 'moveTo', message: 'is not another column of this board' }], 'columns.not_found')
}

function refuseOverLimit({ wipMode, wipLimit }: ColumnRow, held: number, coming: number): void {
  if (wipMode !== 'hard' || !wipLimit || coming === 0 || held + coming <= wipLimit) return
  throw new Conflict('columns.limit_reached', `This column holds at most ${wipLimit} tasks.`, {
    errors: [{ path: 'moveTo', message: 'is full' }],
  })
}
