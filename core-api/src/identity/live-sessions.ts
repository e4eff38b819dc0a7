import type { Pool } from 'pg'

export const RECHECK_MS = 1_500
const CACHE_LIMIT = 20_000

export type LiveSession = { id: string; token: string; userId: string; name: string; expiresAt: number }
export type SessionsEnded = { userId: string; sessionIds: string[] | 'all' }

export type LiveSessions = ReturnType<typeof createLiveSessions>

type Kept = { session: LiveSession | null; checkedAt: number }
type By = 'id' | 'token'

const COLUMNS = `s.id, s.token, s.user_id as "userId", u.name, (extract(epoch from s.expires_at) * 1000)::float8 as "expiresAt"`
const QUERIES: Record<By, string> = {
  id: `select ${COLUMNS} from auth_session s join auth_user u on u.id = s.user_id
        where s.id = $1::uuid and s.expires_at > now() and u.disabled_at is null`,
  token: `select ${COLUMNS} from auth_session s join auth_user u on u.id = s.user_id
           where s.token = $1 and s.expires_at > now() and u.disabled_at is null`,
}

// What the database said about a session, believed for at most RECHECK_MS and forgotten as soon as it ends.
export function createLiveSessions(pool: Pool, now: () => number = Date.now) {
  const kept: Record<By, Map<string, Kept>> = { id: new Map(), token: new Map() }
  const asking = new Map<string, Promise<LiveSession | null>>()

  function find(by: By, value: string): LiveSession | null | Promise<LiveSession | null> {
    const known = kept[by].get(value)
    if (known && now() - known.checkedAt < RECHECK_MS) return known.session
    const key = `${by}:${value}`
    const already = asking.get(key)
    if (already) return already
    const answer = ask(by, value).finally(() => asking.delete(key))
    asking.set(key, answer)
    return answer
  }

  async function ask(by: By, value: string): Promise<LiveSession | null> {
    // The age counts from the question: an answer overtaken by a sign-out is not believed for longer.
    const checkedAt = now()
    const { rows } = await pool.query<LiveSession>({ name: `session-by-${by}`, text: QUERIES[by], values: [value] })
    const session = rows[0] ?? null
    if (kept[by].size >= CACHE_LIMIT) kept[by].clear()
    kept[by].set(value, { session, checkedAt })
    return session
  }

  return {
    findById: (id: string) => find('id', id),
    findByToken: (token: string) => find('token', token),
    forget(ended: SessionsEnded): void {
      asking.clear()
      for (const map of Object.values(kept)) {
        for (const [key, { session }] of map) {
          if (session?.userId !== ended.userId) continue
          if (ended.sessionIds === 'all' || ended.sessionIds.includes(session.id)) map.delete(key)
        }
      }
    },
  }
}
