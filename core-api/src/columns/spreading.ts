import { positionsBetween } from '@taskflow/shared/board/position.ts'
import { write } from '../context.ts'
import type { CoreDeps } from '../core-deps.ts'
import { systemActor } from '../jobs/system-actor.ts'
import { recordOnBoard } from '../streams/record.ts'
import { findLocked } from './columns.access.ts'
import { isLong, lockTasksIn, rearrange } from './rearranging.ts'

export interface Crowded {
  workspaceId: string
  columnId: string
}

/** Gives the cards of a column short keys again, in the order that they have. */
export async function spreadColumn(deps: CoreDeps, { workspaceId, columnId }: Crowded): Promise<void> {
  await write(deps, { actor: systemActor(workspaceId) }, async (ctx) => {
    const column = await findLocked(ctx, { id: columnId })
    const live = column ? (await lockTasksIn(ctx, columnId)).filter((task) => task.live) : []
    if (column && live.some(isLong)) {
      const positions = positionsBetween(null, null, live.length)
      const spread = live.map((task, i) => ({ ...task, position: positions[i]! }))
      const tasks = rearrange(ctx, columnId, spread)
      recordOnBoard(ctx, column, {
        type: 'column.sorted',
        subject: columnId,
        data: { id: columnId, by: 'position', tasks },
      })
    }
    return { status: 204 }
  })
}
