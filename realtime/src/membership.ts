import type { FollowedStream } from './followed-stream.ts'
import type { Peer } from './peer.ts'

type Ending = 'denied' | 'expired' | 'resync'

/** One socket in one stream, by the right of one ticket. */
export class Membership {
  readonly peer: Peer
  readonly stream: FollowedStream
  acl: number
  expiresAt: number
  ended: Ending | null = null
  /** Told why it is over, while somebody waits for the join. */
  onEnd: ((why: Ending) => void) | null = null

  constructor(peer: Peer, stream: FollowedStream, ticket: { acl: number; exp: number }) {
    this.peer = peer
    this.stream = stream
    this.acl = ticket.acl
    this.expiresAt = ticket.exp * 1000
    peer.memberships.get(stream.id)?.end('resync', true)
    peer.memberships.set(stream.id, this)
    stream.joining.add(this)
  }

  get isLive(): boolean {
    return this.stream.live.has(this)
  }

  goLive(): void {
    this.stream.joining.delete(this)
    this.stream.live.add(this)
  }

  end(why: Ending, replaced = false): void {
    if (this.ended) return
    this.ended = why
    this.stream.joining.delete(this)
    this.stream.live.delete(this)
    if (!this.stream.isUsed) this.stream.unusedSince = Date.now()
    if (this.peer.memberships.get(this.stream.id) === this) this.peer.memberships.delete(this.stream.id)
    if (!replaced) this.stream.onLeft(this)
    this.onEnd?.(why)
  }
}
