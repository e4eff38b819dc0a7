import { z } from 'zod'
import { Actor } from '../events/envelope.ts'
import { Id } from './user.ts'

/** One fact as people read it. Long texts and comments are named in `fields`, but not repeated. */
export const HistoryItem = z.object({
  stream: z.string(),
  seq: z.int(),
  at: z.string(),
  type: z.string(),
  actor: Actor,
  /** The task that it is about, as it is now; null if there is none, or none that you may see. */
  task: z.object({ id: Id, key: z.string(), title: z.string() }).nullable(),
  /** The names of the fields that changed. */
  fields: z.array(z.string()),
  /** Their new values. */
  changes: z.record(z.string(), z.unknown()),
})
export type HistoryItem = z.infer<typeof HistoryItem>
