import { z } from 'zod'
import { Id } from './user.ts'

export const DELIVERY_KINDS = ['email', 'push', 'webhook', 'slack'] as const
export const DeliveryKind = z.enum(DELIVERY_KINDS)
export type DeliveryKind = z.infer<typeof DeliveryKind>

/** `transactional` is what somebody asked for and waits for: never delayed, never unsubscribed from. */
export const DeliveryPurpose = z.enum(['transactional', 'notification', 'digest', 'event', 'test'])
export type DeliveryPurpose = z.infer<typeof DeliveryPurpose>

export const DeliveryStatus = z.enum(['queued', 'sending', 'sent', 'failed', 'suppressed'])
export type DeliveryStatus = z.infer<typeof DeliveryStatus>

/** A message that goes out, and what became of it. */
export const Delivery = z.object({
  id: Id,
  workspaceId: Id.nullable(),
  kind: DeliveryKind,
  purpose: DeliveryPurpose,
  recipient: z.string(),
  taskId: Id.nullable(),
  status: DeliveryStatus,
  /** Why it failed for good or was not sent. */
  reason: z.string().nullable(),
  attempts: z.int(),
  /** In the words of the other side. */
  lastError: z.string().nullable(),
  nextAttemptAt: z.string().nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
})
export type Delivery = z.infer<typeof Delivery>

/** What happens by itself, when it did so last and when it will next. */
export const ScheduleState = z.object({
  name: z.string(),
  everySeconds: z.int(),
  lastStartedAt: z.string().nullable(),
  lastFinishedAt: z.string().nullable(),
  lastError: z.string().nullable(),
  running: z.boolean(),
  nextAt: z.string(),
})
export type ScheduleState = z.infer<typeof ScheduleState>

/** A job that failed too often. */
export const DeadLetter = z.object({
  id: Id,
  workspaceId: Id,
  kind: z.string(),
  attempts: z.int(),
  error: z.string().nullable(),
  createdAt: z.string(),
  failedAt: z.string(),
})
export type DeadLetter = z.infer<typeof DeadLetter>
