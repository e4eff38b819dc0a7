import type { Envelope } from '../events/envelope.ts'

export interface Present {
  id: string
  name: string
  state: Record<string, unknown>
}

/** What the service may send. */
export interface Down {
  events: (envelopes: Envelope[]) => void
  heads: (heads: Record<string, number>) => void
  presence: (presence: { stream: string; users: Present[] }) => void
  revoked: (revoked: { stream: string }) => void
  moving: (moving: { after: number }) => void
}
