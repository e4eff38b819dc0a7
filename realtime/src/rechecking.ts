import type { Api } from './api.ts'
import type { CatchingUp } from './catching-up.ts'
import type { EndedSessions } from './ended-sessions.ts'
import type { FollowedStream } from './followed-stream.ts'
import type { Heads } from './heads.ts'
import type { Peers } from './peers.ts'
import type { Revocations } from './revoking.ts'
import type { Subscriptions } from './subscriptions.ts'

interface RecheckingOptions {
  api: Api
  revocations: Revocations
  endedSessions: EndedSessions
  peers: Peers
  subscriptions: Subscriptions
  catchingUp: CatchingUp
  heads: Heads
  shutOut: (stream: FollowedStream, userIds: readonly string[]) => void
}

/** What was said while the node could not hear, at its start and after each loss of Redis. */
export function createRechecking(options: RecheckingOptions) {
  const { api, revocations, endedSessions, peers, subscriptions, catchingUp, heads, shutOut } = options
  const asking = new Set<FollowedStream>()

  async function recheck(): Promise<void> {
    const missed = await api.revocations()
    for (const { userId, sessionIds, at } of missed.sessions) {
      endedSessions.learn({ userId, sessionIds }, new Date(at).getTime())
      peers.endSessions({ userId, sessionIds }, (peer) => endedSessions.covers(peer.session))
    }
    for (const { stream, userId, acl } of missed.revocations) {
      revocations.remember(stream, userId, acl)
      const followed = subscriptions.find(stream)
      if (followed) shutOut(followed, [userId])
    }
    await heads.check()
    heads.sendToAll()
  }

  /** A fact of another epoch: either a straggler, or the history was rewritten. Only the API knows. */
  function askEpoch(stream: FollowedStream) {
    if (asking.has(stream)) return
    asking.add(stream)
    catchingUp
      .ask([stream])
      .catch(() => {})
      .finally(() => asking.delete(stream))
  }

  return { recheck, askEpoch }
}
