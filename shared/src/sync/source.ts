import type { Envelope } from '../events/envelope.ts'
import type { Edges } from './edges.ts'
import type { Apply, Snapshot } from './replica.ts'

/** Where a stream's state comes from: its snapshot, and how a fact changes it. */
export interface Source<State> {
  id: string
  apply: Apply<State>
  read(get: <T>(path: string) => Promise<T>): Promise<Snapshot<State>>
}

export interface StreamHost extends Pick<Edges, 'fetch' | 'clock'> {
  /** Its state, its status or the people present changed; these facts were applied. */
  changed(applied: Envelope[]): void
  /** It has a position and a ticket to join with. */
  ready(): void
  /** The socket takes part in it, yet its service has stopped to say so. */
  unconfirmed(): void
  /** History was rewritten: the positions of before mean nothing now. */
  rewritten(): void
  signedOut(): void
}
