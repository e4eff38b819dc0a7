import { z } from 'zod'
import { Id, UserRef } from './user.ts'

/** Why somebody was told, the strongest first. */
export const REASONS = [
  'mentioned',
  'assigned',
  'overdue',
  'due_soon',
  'reminder',
  'invited',
  'access_lost',
  'unassigned',
  'commented',
  'status_changed',
] as const
export const Reason = z.enum(REASONS)
export type Reason = z.infer<typeof Reason>

/** One row per person and task; it grows (`unreadCount`, `latest`, `actors`) until it is read. */
export const Notification = z.object({
  id: Id,
  workspaceId: Id,
  boardId: Id.nullable(),
  taskId: Id.nullable(),
  /** The task's number and title (`WEB-42`, `Fix login`), or the board or workspace that it is about. */
  key: z.string().nullable(),
  title: z.string(),
  reason: Reason,
  actors: z.array(UserRef),
  latest: z.object({ type: z.string(), at: z.string(), excerpt: z.string().nullable() }),
  unreadCount: z.int(),
  readAt: z.string().nullable(),
  archivedAt: z.string().nullable(),
  snoozedUntil: z.string().nullable(),
  updatedAt: z.string(),
})
export type Notification = z.infer<typeof Notification>
