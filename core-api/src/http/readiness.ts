import type { CoreDeps } from '../core-deps.ts'
import { listPendingMigrations } from '../migrate.ts'

const PATIENCE_MS = 1_500

export interface Readiness {
  ready: boolean
  checks: Record<string, string>
}

/** Whether a process can serve, and by name what is missing. */
export function createReadiness(
  deps: Pick<CoreDeps, 'pool' | 'redis' | 'stopping'>,
  more: Record<string, () => Promise<unknown>> = {},
): () => Promise<Readiness> {
  let migrated = false
  const checks: Record<string, () => Promise<unknown>> = {
    postgres: () => deps.pool.query('select 1'),
    redis: () => deps.redis.publisher.ping(),
    migrations: async () => {
      if (migrated) return
      const pending = await listPendingMigrations(deps.pool)
      if (pending.length > 0) throw new Error('pending')
      migrated = true
    },
    ...more,
  }
  return async () => {
    const names = Object.keys(checks)
    const results = await Promise.all(names.map((name) => outcome(checks[name]!)))
    const named = Object.fromEntries(names.map((name, index) => [name, results[index]!]))
    if (deps.stopping.aborted) named['process'] = 'stopping'
    return { ready: Object.values(named).every((state) => state === 'ok'), checks: named }
  }
}

async function outcome(check: () => Promise<unknown>): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('no answer in time'), PATIENCE_MS)
  })
  const answer = check().then(
    () => 'ok',
    (error: Error) => (error.message === 'pending' ? 'pending' : 'not reachable'),
  )
  return Promise.race([answer, timeout]).finally(() => clearTimeout(timer))
}
