import { z } from 'zod'
import { StreamPosition } from './board.ts'
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
  'webhook_disabled',
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
  /** `late`: a reminder that should have come earlier, had nothing been down. */
  latest: z.object({ type: z.string(), at: z.string(), excerpt: z.string().nullable(), late: z.boolean() }),
  unreadCount: z.int(),
  readAt: z.string().nullable(),
  archivedAt: z.string().nullable(),
  snoozedUntil: z.string().nullable(),
  updatedAt: z.string(),
})
export type Notification = z.infer<typeof Notification>

/** `all` is everything, also what is archived or snoozed; without a filter, the inbox: neither of both. */
export const NOTIFICATION_FILTERS = ['inbox', 'unread', 'all', 'archived', 'snoozed', 'mentions', 'assigned'] as const
export const NotificationFilter = z.enum(NOTIFICATION_FILTERS)
export type NotificationFilter = z.infer<typeof NotificationFilter>

/** What the person's own stream carries of their notifications, the latest first. */
export const InboxState = z.object({ items: z.array(Notification), unread: z.int() })
export type InboxState = z.infer<typeof InboxState>

export const InboxPage = InboxState.extend({ next: z.string().nullable(), stream: StreamPosition })
export type InboxPage = z.infer<typeof InboxPage>
