import { z } from 'zod'
import { Id } from './user.ts'

/** Before the task is due, when it is, after it was, or at a moment of the person's own. */
export const REMINDER_KINDS = ['15m', '1h', '1d', '1w', 'at_due', 'overdue', 'custom'] as const
export const ReminderKind = z.enum(REMINDER_KINDS)
export type ReminderKind = z.infer<typeof ReminderKind>

export const Reminder = z.object({
  id: Id,
  taskId: Id,
  kind: ReminderKind,
  /** Null as long as the task has no due date. */
  at: z.string().nullable(),
  /** When it went off, or was passed over since its moment had gone already when it was set. */
  firedAt: z.string().nullable(),
})
export type Reminder = z.infer<typeof Reminder>
