import type { Reaction } from '../streams/reactions.ts'
import { TOO_OLD_MS } from './planning.ts'

const WAKE = 'update reminder set fired_at = null where task_id = $1 and fired_at >= $2 and moment > $3'

/** What went by unsaid while the task was closed or put away is said now that the task is to be done again. */
export const onTaskBack: Reaction<'task.reopened' | 'task.restored' | 'task.moved'> = (ctx, { about }) => {
  const { task, before } = about!
  if (!before || task.closedAt || task.archivedAt || task.deletedAt) return
  const [goneAt] = [before.closedAt, before.archivedAt, before.deletedAt].filter((at) => at !== null).toSorted()
  if (goneAt) ctx.tx.later(WAKE, [task.id, goneAt, new Date(Date.parse(ctx.now) - TOO_OLD_MS).toISOString()])
}
