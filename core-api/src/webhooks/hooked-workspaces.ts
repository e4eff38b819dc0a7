import { CHANNEL_OF_WEBHOOKS } from '@taskflow/shared/names.ts'
import type { Pool } from 'pg'
import type { Redis } from '../redis.ts'

/** However messages get lost, nobody is wrong for longer. */
const TRUSTED_MS = 10_000
const REMEMBERED = 50_000

export type HookedWorkspaces = ReturnType<typeof createHookedWorkspaces>

/** Which workspaces have webhooks, so that a change in one of the others costs nothing. */
export function createHookedWorkspaces(
  { pool, redis }: { pool: Pool; redis: Redis },
  now: () => number = () => performance.now(),
) {
  const known = new Map<string, { has: boolean; until: number }>()
  const looking = new Map<string, symbol>()

  const drop = (workspaceId: string) => {
    known.delete(workspaceId)
    looking.delete(workspaceId)
  }

  redis.subscriber.subscribe(CHANNEL_OF_WEBHOOKS, drop).catch(() => {})
  redis.subscriber.on('ready', () => known.clear())

  // What was asked before the last change is not believed.
  async function look(workspaceId: string): Promise<void> {
    if (looking.has(workspaceId)) return
    const mine = Symbol(workspaceId)
    looking.set(workspaceId, mine)
    try {
      const { rows } = await pool.query<{ has: boolean }>('select has_webhooks($1) as has', [workspaceId])
      if (looking.get(workspaceId) !== mine) return
      known.set(workspaceId, { has: rows[0]!.has, until: now() + TRUSTED_MS })
      if (known.size > REMEMBERED) known.delete(known.keys().next().value!)
    } catch {
      known.delete(workspaceId)
    } finally {
      if (looking.get(workspaceId) === mine) looking.delete(workspaceId)
    }
  }

  return {
    /** In doubt, yes: the database knows better. */
    mayHave(workspaceId: string): boolean {
      const one = known.get(workspaceId)
      if (one && one.until > now()) return one.has
      void look(workspaceId)
      return true
    },
    forget(workspaceId: string): void {
      drop(workspaceId)
      if (redis.publisher.isReady) redis.publisher.publish(CHANNEL_OF_WEBHOOKS, workspaceId).catch(() => {})
    },
  }
}
