/** Of the socket, for one stream. */
export type Link = 'connecting' | 'down' | 'joining' | 'joined' | 'refused'

export type Reason = 'connecting' | 'no socket' | 'no server' | 'refused' | 'unconfirmed' | 'signed out'

/** `since` is when it stopped being live (or became so), by the engine's clock. */
export type Status =
  | { is: 'live'; since: number }
  | { is: 'catching up'; since: number }
  | { is: 'not live'; reason: Reason; since: number }
  | { is: 'gone'; since: number }

export const CONFIRMED_MS = 15_000
/** Facts on their way in are no lag; after this they are missed. */
export const GAP_MS = 150

/** Decides whether what a stream shows may be called live: only what the socket itself has confirmed. */
export class Liveness {
  link: Link = 'connecting'
  serverFails = false
  signedOut = false
  isGone = false
  behindSince: number | null = null
  #reached = 0
  #confirmedAt = -Infinity

  get reached(): number {
    return this.#reached
  }

  /** The socket has delivered up to here; a service that lags behind what HTTP gave us confirms nothing. */
  delivered(seq: number) {
    this.#reached = Math.max(this.#reached, seq)
  }

  confirmed(now: number) {
    this.#confirmedAt = now
  }

  linked(link: Link) {
    if (link !== 'joined') this.#reached = 0
    this.link = link
  }

  isConfirmed(now: number) {
    return now - this.#confirmedAt <= CONFIRMED_MS
  }

  at(now: number, seq: number): { is: Status['is']; reason?: Reason } {
    if (this.isGone) return { is: 'gone' }
    if (this.signedOut) return { is: 'not live', reason: 'signed out' }
    if (this.link === 'connecting' || this.link === 'down' || this.link === 'refused') {
      return { is: 'not live', reason: this.#whyDown() }
    }
    const isBehind = this.behindSince !== null && (now - this.behindSince >= GAP_MS || !this.isConfirmed(now))
    if (this.link === 'joining' || isBehind) {
      return this.serverFails ? { is: 'not live', reason: 'no server' } : { is: 'catching up' }
    }
    if (this.isConfirmed(now) && this.#reached >= seq) return { is: 'live' }
    return { is: 'not live', reason: 'unconfirmed' }
  }

  #whyDown(): Reason {
    if (this.serverFails) return 'no server'
    return this.link === 'down' ? 'no socket' : (this.link as 'connecting' | 'refused')
  }
}
