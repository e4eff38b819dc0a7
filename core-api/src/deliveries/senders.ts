import type { CoreDeps } from '../core-deps.ts'
import { sendEmail } from '../mail/sending-email.ts'
import type { DeliveryKind } from '@taskflow/shared/dto/operations.ts'
import { sendPush } from '../push/sending-push.ts'
import { sendSlack, sendWebhook } from '../webhooks/sending-webhook.ts'
import type { OutgoingMessage } from './outgoing-message.ts'

/** How an attempt ended. A sender that throws has failed, in the words of what it threw, and is tried again. */
export type Outcome =
  | { status: 'sent'; recipient?: string; answer?: unknown }
  /** Not to be sent any more, and why: nobody did anything wrong. */
  | { status: 'suppressed'; reason: string }
  /** Not yet; the attempt does not count. */
  | { status: 'put off'; until: Date }
  /** `permanent`: no retry will help. `retryAt`: not before the other side said. */
  | { status: 'failed'; error: string; permanent?: boolean; retryAt?: Date; answer?: unknown }

export type NotSent = Extract<Outcome, { status: 'suppressed' | 'put off' }>

/** Sends one message of its kind. Once `signal` aborts nobody listens any more: stop. */
export type Sender = (deps: CoreDeps, delivery: OutgoingMessage, signal: AbortSignal) => Promise<Outcome>

export interface Channel {
  send: Sender
  /** How many of the kind one worker sends at a time. */
  concurrency: number
  /** The waits after each failed attempt, in seconds; after the last the message has failed. */
  retryAfterSeconds: readonly number[]
}

const MINUTE = 60
const HOUR = 3600

/** The table of Standard Webhooks: at once, and then so long after each failure. */
const OF_WEBHOOKS = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]

export const channels: Partial<Record<DeliveryKind, Channel>> = {
  email: {
    send: sendEmail,
    concurrency: 4,
    retryAfterSeconds: [30, 2 * MINUTE, 10 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR],
  },
  push: { send: sendPush, concurrency: 8, retryAfterSeconds: [10, MINUTE, 10 * MINUTE, HOUR, 4 * HOUR] },
  webhook: { send: sendWebhook, concurrency: 16, retryAfterSeconds: OF_WEBHOOKS },
  slack: { send: sendSlack, concurrency: 8, retryAfterSeconds: OF_WEBHOOKS },
}
