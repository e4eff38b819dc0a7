import type { Logger } from 'pino'
import type { SessionsEnded } from './ended-sessions.ts'
import { UNTICKETED_LIFE_MS, type Timing } from './limits.ts'
import type { Metrics } from './metrics.ts'
import { type ClientSocket, Peer } from './peer.ts'
import { TokenBucket } from './token-bucket.ts'
import type { TokenClaims } from './verifying.ts'

const MESSAGES_AT_ONCE = 500
const MESSAGES_PER_SECOND = 50

export type Peers = ReturnType<typeof createPeers>

interface PeersOptions {
  metrics: Metrics
  log: Logger
  timing: Timing
  rateLimitScale: number
}

/** Everybody who is connected to this node. */
export function createPeers({ metrics, log, timing, rateLimitScale }: PeersOptions) {
  const all = new Set<Peer>()
  const byUser = new Map<string, Set<Peer>>()

  function add(socket: ClientSocket, claims: TokenClaims): Peer {
    const bucket = new TokenBucket(MESSAGES_AT_ONCE * rateLimitScale, MESSAGES_PER_SECOND * rateLimitScale)
    const peer = new Peer(socket, claims, bucket)
    all.add(peer)
    byUser.set(peer.userId, (byUser.get(peer.userId) ?? new Set()).add(peer))
    socket.once('disconnect', () => remove(peer))
    return peer
  }

  function remove(peer: Peer) {
    peer.gone()
    all.delete(peer)
    const others = byUser.get(peer.userId)
    others?.delete(peer)
    if (others?.size === 0) byUser.delete(peer.userId)
    if (peer.closedBecause === 'gone') return
    metrics.closed.inc({ reason: peer.closedBecause! })
    log.info({ socket: peer.id, user: peer.userId, reason: peer.closedBecause }, 'socket closed')
  }

  return {
    all: all as ReadonlySet<Peer>,
    add,

    endSessions({ userId, sessionIds }: SessionsEnded, isOver: (peer: Peer) => boolean = () => true) {
      for (const peer of [...(byUser.get(userId) ?? [])]) {
        const named = sessionIds === 'all' || sessionIds.includes(peer.session.sid)
        if (named && isOver(peer)) peer.close('session')
      }
    },

    /** Looks at each socket: one that does not read, a ticket that ran out, one that nobody vouches for any more. */
    tidy(now = Date.now()) {
      for (const peer of all) {
        if (peer.unsentForMs(now) >= timing.unsentPatienceMs) peer.close('slow')
        else if (now - peer.goodUntil > UNTICKETED_LIFE_MS) peer.close('idle')
        for (const membership of peer.memberships.values()) if (membership.expiresAt <= now) membership.end('expired')
      }
    },
  }
}
