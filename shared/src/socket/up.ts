import { z } from 'zod'

/** What a browser may send. Each has an ack, but for presence. */
export const JoinRequest = z.object({
  stream: z.string().max(64),
  ticket: z.string().max(2048),
  epoch: z.string().max(64),
  after: z.int().nonnegative(),
})
export type JoinRequest = z.infer<typeof JoinRequest>

export const RenewRequest = z.object({ stream: z.string().max(64), ticket: z.string().max(2048) })
export type RenewRequest = z.infer<typeof RenewRequest>

export const PresenceState = z.record(z.string(), z.unknown())
export const PresenceUpdate = z.object({ stream: z.string().max(64), state: PresenceState })
export type PresenceUpdate = z.infer<typeof PresenceUpdate>

export type JoinAnswer =
  { stream: string; ok: true; head: number } | { stream: string; ok: false; code: 'denied' | 'expired' | 'resync' }

export interface Up {
  join: (requests: JoinRequest[], ack: (answers: JoinAnswer[]) => void) => void
  renew: (requests: RenewRequest[], ack: (answers: JoinAnswer[]) => void) => void
  leave: (streams: string[], ack: (answer: { ok: true }) => void) => void
  presence: (update: PresenceUpdate) => void
}
