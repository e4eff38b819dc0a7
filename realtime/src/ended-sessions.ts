import { z } from 'zod'
import { CLOCK_SKEW_MS, TOKEN_LIFE_MS } from './limits.ts'
import type { TokenClaims } from './verifying.ts'

const REMEMBERED_MS = TOKEN_LIFE_MS + 2 * CLOCK_SKEW_MS

const SessionsEnded = z.object({ userId: z.string(), sessionIds: z.union([z.array(z.string()), z.literal('all')]) })
export type SessionsEnded = z.infer<typeof SessionsEnded>

interface Ended {
  allAt: number
  ids: Set<string>
  until: number
}

export type EndedSessions = ReturnType<typeof createEndedSessions>

/** Sessions that are over, for as long as a token of theirs may still be shown. */
export function createEndedSessions() {
  const byUser = new Map<string, Ended>()

  return {
    learn({ userId, sessionIds }: SessionsEnded, at = Date.now()) {
      const ended = byUser.get(userId) ?? { allAt: 0, ids: new Set<string>(), until: 0 }
      byUser.set(userId, ended)
      ended.until = Date.now() + REMEMBERED_MS
      if (sessionIds === 'all') ended.allAt = Math.max(ended.allAt, at)
      else for (const id of sessionIds) ended.ids.add(id)
    },

    /** A token of the very second in which all sessions ended counts as one from before. */
    covers({ sub, sid, iat }: Pick<TokenClaims, 'sub' | 'sid' | 'iat'>): boolean {
      const ended = byUser.get(sub)
      return ended !== undefined && (ended.ids.has(sid) || iat <= Math.floor(ended.allAt / 1000))
    },

    forgetOld(now = Date.now()) {
      for (const [user, { until }] of byUser) if (until < now) byUser.delete(user)
    },
  }
}

export function readSessionsEnded(message: string): SessionsEnded | null {
  try {
    return SessionsEnded.parse(JSON.parse(message))
  } catch {
    return null
  }
}
