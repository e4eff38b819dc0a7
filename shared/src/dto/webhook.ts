import { z } from 'zod'
import { DeliveryStatus } from './operations.ts'
import { Id } from './user.ts'

/** What can be heard of: facts of boards that all members see, and of the workspace itself. */
export const WEBHOOK_FAMILIES = ['task', 'comment', 'column', 'board', 'label', 'member', 'role', 'workspace'] as const

export const WEBHOOK_KINDS = ['generic', 'slack'] as const
export const WebhookKind = z.enum(WEBHOOK_KINDS)
export type WebhookKind = z.infer<typeof WebhookKind>

const EVENT = new RegExp(`^(\\*|(${WEBHOOK_FAMILIES.join('|')})\\.(\\*|[a-z]{1,20}))$`)

/** A type of fact like `task.moved`, all of a family like `task.*`, or `*` for everything. */
export const WebhookEvent = z.string().regex(EVENT, 'must be like task.moved, task.* or *')

export const Webhook = z.object({
  id: Id,
  workspaceId: Id,
  kind: WebhookKind,
  description: z.string(),
  /** Of Slack only the beginning: who knows the rest may write there. */
  url: z.string(),
  events: z.array(WebhookEvent),
  enabled: z.boolean(),
  /** Why it was switched off without anybody asking: it failed for days, or its receiver said that it is gone. */
  offReason: z.enum(['failing', 'gone']).nullable(),
  failingSince: z.string().nullable(),
  /** Until then messages are signed with the secret before as well. */
  rotatingUntil: z.string().nullable(),
  createdBy: Id.nullable(),
  createdAt: z.string(),
  version: z.int(),
})
export type Webhook = z.infer<typeof Webhook>

/** The secret is told once, when it is made. */
export const WebhookWithSecret = Webhook.extend({ secret: z.string().optional() })
export type WebhookWithSecret = z.infer<typeof WebhookWithSecret>

/** The last answer; of its body the beginning. */
export const WebhookAnswer = z.object({
  status: z.int().nullable(),
  body: z.string(),
  durationMs: z.int(),
  at: z.string(),
})
export type WebhookAnswer = z.infer<typeof WebhookAnswer>

export const WebhookDelivery = z.object({
  id: Id,
  type: z.string(),
  purpose: z.string(),
  status: DeliveryStatus,
  reason: z.string().nullable(),
  attempts: z.int(),
  lastError: z.string().nullable(),
  answer: WebhookAnswer.nullable(),
  nextAttemptAt: z.string().nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
})
export type WebhookDelivery = z.infer<typeof WebhookDelivery>

/** With what was sent. */
export const WebhookDeliveryDetail = WebhookDelivery.extend({ request: z.record(z.string(), z.unknown()) })
export type WebhookDeliveryDetail = z.infer<typeof WebhookDeliveryDetail>

/** Where a person is told beside the app. */
export const PersonalWebhook = z.object({
  kind: WebhookKind,
  url: z.string(),
  createdAt: z.string(),
  secret: z.string().optional(),
})
export type PersonalWebhook = z.infer<typeof PersonalWebhook>
