import type { WriteCtx } from '../context.ts'
import { enqueue } from '../jobs/enqueuing.ts'
import type { Fact } from '../streams/record.ts'
import { isLong } from './rearranging.ts'

/** An order key grows with each placement into the same gap. */
export function onTaskPlaced(ctx: WriteCtx, { data, workspaceId }: Fact<'task.created' | 'task.moved'>): void {
  if (isLong(data)) enqueue(ctx, 'columns.spread', { workspaceId: workspaceId!, columnId: data.columnId })
}
