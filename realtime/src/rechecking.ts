import type { Api } from './api.ts'
import type { CatchingUp } from './catching-up.ts'
import type { EndedSessions } from './ended-sessions.ts'
import type { FollowedStream } from './followed-stream.ts'
import type { Heads } from './heads.ts'
import type { Timing } from './limits.ts'
import type { Peers } from './peers.ts'
import type { RedisLink } from './redis-link.ts'
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
  link: Pick<RedisLink, 'isChecked'>
  timing: Timing
  shutOut: (stream: FollowedStream, userIds: readonly string[]) => void
}

/** What was said while the node could not hear, at its start and after each loss of Redis. */
export function createRechecking(options: RecheckingOptions) {
  const { api, revocations, endedSessions, peers, subscriptions, catchingUp, heads, link, timing, shutOut } = options
  const asking = new Set<FollowedStream>()
  let timer: NodeJS.Timeout | undefined

  async function recheck(): Promise<void> {
    await learnWhatEnded()
    await heads.check()
    heads.sendToAll()
  }

  async function learnWhatEnded(): Promise<void> {
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

  return {
    recheck,
    askEpoch,
    start() {
      // Whoever ended a session may have died before telling anybody.
      const ask = () => link.isChecked() && void learnWhatEnded().catch(() => {})
      timer = setInterval(ask, timing.checkHeadsEveryMs)
    },
    close: () => clearInterval(timer),
  }
}
