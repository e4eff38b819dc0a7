import { setTimeout as pause } from 'node:timers/promises'
import { TRASH_KEPT_DAYS } from '@taskflow/shared/board/trash.ts'
import { write } from '../context.ts'
import type { CoreDeps } from '../core-deps.ts'
import { eachApart } from '../jobs/each-apart.ts'
import { systemActor } from '../jobs/system-actor.ts'
import { erase } from './removing.ts'
import { TASK_OF_SYSTEM, type TaskRow } from './tasks.access.ts'

const KEPT_MS = TRASH_KEPT_DAYS * 24 * 3_600_000
const LOOKED_AT = 200
/** Air between the transactions: whoever writes meanwhile hardly notices. */
const PAUSE_MS = 10

interface Old {
  id: string
  workspace_id: string
}

/** Erases what has lain in the trash for long, in every workspace, each task in a transaction of its own. */
export async function emptyTrash(deps: CoreDeps): Promise<void> {
  const before = new Date(deps.clock.now() - KEPT_MS)
  for (let erased = LOOKED_AT; erased > 0 && !deps.stopping.aborted;) {
    erased = 0
    const { rows } = await deps.pool.query<Old>('select * from old_trash($1, $2)', [before, LOOKED_AT])
    await eachApart(deps, rows, async (old) => {
      if (deps.stopping.aborted) return
      if (await eraseOld(deps, old, before)) erased++
      await pause(PAUSE_MS)
    })
  }
}

// An archived board keeps its trash no longer than others do.
const OLD = `${TASK_OF_SYSTEM} and t.deleted_at <= $2 for no key update of t skip locked`

/** Whether it is gone: not if somebody has just brought it back, or is at it. */
async function eraseOld(deps: CoreDeps, { id, workspace_id }: Old, before: Date): Promise<boolean> {
  let isErased = false
  await write(deps, { actor: systemActor(workspace_id) }, async (ctx) => {
    const [task] = await ctx.tx.sql<TaskRow & Record<string, unknown>>(OLD, [id, before])
    if (task) erase(ctx, task)
    isErased = task !== undefined
    return { status: 204 }
  })
  return isErased
}
