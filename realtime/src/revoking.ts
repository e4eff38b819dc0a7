import type { FollowedStream } from './followed-stream.ts'
import { messageFrame } from './frames.ts'
import { REVOKING_TYPES } from '@taskflow/shared/events/member.events.ts'
import { parseStream } from '@taskflow/shared/names.ts'
import { z } from 'zod'
import type { Fact } from './fact.ts'
import { CLOCK_SKEW_MS, TICKET_LIFE_MS } from './limits.ts'

const REMEMBERED_MS = TICKET_LIFE_MS + 2 * CLOCK_SKEW_MS

const Revoking = z.object({
  data: z.object({ userId: z.string().optional(), userIds: z.array(z.string()).optional(), acl: z.int().optional() }),
})

export type Revocations = ReturnType<typeof createRevocations>

/** Who lost which stream, for as long as a ticket from before may still be shown. */
export function createRevocations() {
  const byStream = new Map<string, Map<string, { acl: number; until: number }>>()

  /** A person's own stream is never taken from them: there, such a fact tells of a board or a workspace that was. */
  function remember(stream: string, userId: string, acl: number) {
    if (parseStream(stream)?.kind === 'user') return
    const users = byStream.get(stream) ?? byStream.set(stream, new Map()).get(stream)!
    users.set(userId, { acl: Math.max(acl, users.get(userId)?.acl ?? 0), until: Date.now() + REMEMBERED_MS })
  }

  return {
    remember,

    /** Remembers what the fact revokes; answers whom it concerns. */
    learn(fact: Fact): string[] {
      if (!REVOKING_TYPES.includes(fact.type)) return []
      const { userId, userIds = userId ? [userId] : [], acl = 0 } = Revoking.parse(JSON.parse(fact.text)).data
      for (const user of userIds) remember(fact.stream, user, Math.max(acl, fact.seq))
      return userIds
    },

    /** The lowest position at which a ticket of this person for this stream must have been checked. */
    lowestValid: (stream: string, userId: string) => byStream.get(stream)?.get(userId)?.acl ?? 0,

    forgetOld(now = Date.now()) {
      for (const [stream, users] of byStream) {
        for (const [user, { until }] of users) if (until < now) users.delete(user)
        if (users.size === 0) byStream.delete(stream)
      }
    },
  }
}

/** Ends what these people's tickets from before the revocation had opened; answers how many memberships. */
export function evict(stream: FollowedStream, userIds: readonly string[], revocations: Revocations): number {
  const shutOut = [...stream.live, ...stream.joining].filter(
    ({ peer, acl }) => userIds.includes(peer.userId) && acl < revocations.lowestValid(stream.id, peer.userId),
  )
  for (const membership of shutOut) {
    membership.peer.write(messageFrame('revoked', { stream: stream.id }))
    membership.end('denied')
  }
  return shutOut.length
}
