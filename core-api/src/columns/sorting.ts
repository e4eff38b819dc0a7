import { positionsBetween } from '@taskflow/shared/board/position.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { recordOnBoard } from '../streams/record.ts'
import { lockColumnFor } from './columns.access.ts'
import { lockTasksIn, rearrange, type TaskPlaces } from './rearranging.ts'

const ORDERS = {
  due: `coalesce(due_at, due_date::timestamp at time zone 'UTC' + interval '1 day') nulls last`,
  priority: `array_position(array['high', 'medium', 'low', 'none'], priority)`,
  title: 'lower(title)',
  created: 'created_at',
}

export type SortKey = keyof typeof ORDERS

/** Puts the cards of a column in order, once; equal ones keep the order that they had. */
export async function sortColumn(ctx: WriteCtx, id: string, by: SortKey): Promise<{ tasks: TaskPlaces }> {
  const { column } = await lockColumnFor(ctx, id, 'task:write')
  const lying = await lockTasksIn(ctx, id, `${ORDERS[by]}, position collate "C", id`)
  const live = lying.filter((task) => task.live)
  if (live.every((task, i) => i === 0 || live[i - 1]!.position < task.position)) {
    ctx.unchanged.add(boardStream(column.boardId))
    return { tasks: [] }
  }
  const positions = positionsBetween(null, null, live.length)
  const sorted = live.map((task, i) => ({ ...task, position: positions[i]! }))
  const tasks = rearrange(ctx, id, sorted)
  recordOnBoard(ctx, column, { type: 'column.sorted', subject: id, data: { id, by, tasks } })
  return { tasks }
}
