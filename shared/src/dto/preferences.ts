import { z } from 'zod'
import { REASONS } from './notification.ts'
import { Id } from './user.ts'

export const CHANNELS = ['app', 'email', 'push', 'webhook'] as const
export const Channel = z.enum(CHANNELS)
export type Channel = z.infer<typeof Channel>

export const DIGESTS = ['instant', 'hourly', 'daily', 'weekly'] as const
export const Digest = z.enum(DIGESTS)

const TIME = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 22:00')

/** In the person's own time zone, over midnight if `to` is the earlier one. */
export const QuietHours = z.strictObject({ from: TIME, to: TIME })
export type QuietHours = z.infer<typeof QuietHours>

export const Channels = z.strictObject({
  app: z.boolean(),
  email: z.boolean(),
  push: z.boolean(),
  webhook: z.boolean(),
})
export type Channels = z.infer<typeof Channels>

export const Preferences = z.object({
  /** Which event is told by which channel. */
  matrix: z.record(z.enum(REASONS), Channels),
  quietHours: QuietHours.nullable(),
  digest: Digest,
  /** How long something stays unread before a mail goes out. */
  mailDelayMinutes: z.int(),
  muted: z.object({ workspaceIds: z.array(Id), boardIds: z.array(Id) }),
})
export type Preferences = z.infer<typeof Preferences>
