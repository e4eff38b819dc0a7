import { z } from 'zod'
import { Id } from './user.ts'

const KEY = z.string().regex(/^[A-Za-z0-9_-]+={0,2}$/, 'must be base64url')

/** As a browser gives it: `PushSubscription.toJSON()`, with a name for the device. */
export const PushSubscriptionInput = z.strictObject({
  endpoint: z.url().max(1_000),
  expirationTime: z.number().nullish(),
  /** An uncompressed point of P-256, and 16 bytes. */
  keys: z.strictObject({ p256dh: KEY.min(86).max(88), auth: KEY.min(22).max(24) }),
  device: z.string().trim().max(100).default(''),
})
export type PushSubscriptionInput = z.infer<typeof PushSubscriptionInput>

/** A browser that shows notifications also while Taskflow is not open. */
export const PushSubscription = z.object({
  id: Id,
  /** Whose push service it uses. */
  service: z.string(),
  device: z.string(),
  createdAt: z.string(),
  /** Whether it was asked for by the session that reads this; it ends with that session. */
  isHere: z.boolean(),
})
export type PushSubscription = z.infer<typeof PushSubscription>
