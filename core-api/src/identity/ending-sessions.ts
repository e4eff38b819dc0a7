import { CHANNEL_OF_SESSIONS } from '@taskflow/shared/names.ts'
import type { Pool } from 'pg'
import type { Log } from '../log.ts'
import type { Redis } from '../redis.ts'
import type { LiveSessions, SessionsEnded } from './live-sessions.ts'
import { TOKEN_LIFE_SECONDS } from './tokens.ts'

const CLOCK_LEEWAY_SECONDS = 60
/** Beyond it the realtime nodes learn of the rest when they next ask. */
const UNANNOUNCED_LIMIT = 10_000

export type EndSessions = (ended: SessionsEnded) => void

// Ended here at once, elsewhere by Redis; without Redis the others notice at their next look at the database.
export function createSessionEnding(redis: Redis, sessions: LiveSessions, log: Log): EndSessions {
  redis.subscriber
    .subscribe(CHANNEL_OF_SESSIONS, (message) => sessions.forget(JSON.parse(message) as SessionsEnded))
    .catch((error: unknown) => log.debug({ err: error }, 'cannot listen for ended sessions'))
  const unannounced = new Set<SessionsEnded>()
  const announce = (ended: SessionsEnded) =>
    redis.publisher.publish(CHANNEL_OF_SESSIONS, JSON.stringify(ended)).then(
      () => unannounced.delete(ended),
      (error: unknown) => {
        if (unannounced.size < UNANNOUNCED_LIMIT) unannounced.add(ended)
        log.warn({ err: error }, 'ended sessions not announced before Redis is back')
      },
    )
  redis.publisher.on('ready', () => unannounced.forEach(announce))
  return (ended) => {
    sessions.forget(ended)
    void announce(ended)
  }
}

/** The session that a token belongs to: whoever holds nothing but the token signs out by it. */
export async function endSession(
  pool: Pool,
  endSessions: EndSessions,
  { id, sessionId }: { id: string; sessionId?: string },
): Promise<void> {
  if (sessionId === undefined) return
  await pool.query('delete from auth_session where id = $1 and user_id = $2', [sessionId, id])
  endSessions({ userId: id, sessionIds: [sessionId] })
}

/** The sessions whose tokens may still be alive although they ended. */
export async function listEndedSessions(pool: Pool): Promise<(SessionsEnded & { at: string })[]> {
  const { rows } = await pool.query<{ userId: string; sessionId: string; at: number }>(
    `select user_id as "userId", session_id as "sessionId", (extract(epoch from ended_at) * 1000)::float8 as at
       from auth_ended_session where ended_at > now() - make_interval(secs => $1)`,
    [TOKEN_LIFE_SECONDS + CLOCK_LEEWAY_SECONDS],
  )
  return rows.map(({ userId, sessionId, at }) => ({ userId, sessionIds: [sessionId], at: new Date(at).toISOString() }))
}
