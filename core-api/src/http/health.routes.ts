import { createRoute, z } from '@hono/zod-openapi'
import type { Deps } from '../deps.ts'
import { Unavailable } from '../errors.ts'
import { listPendingMigrations } from '../migrate.ts'
import { createRouter } from './validate.ts'

const PATIENCE_MS = 1_500

const State = z.object({ ready: z.boolean(), checks: z.record(z.string(), z.string()) }).openapi('Readiness')

export function healthRoutes(deps: Pick<Deps, 'pool' | 'redis' | 'stopping'>) {
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
  }
  return createRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/health',
        tags: ['Running it'],
        summary: 'Whether the process answers',
        security: [],
        responses: {
          200: {
            description: 'It does',
            content: { 'application/json': { schema: z.object({ ok: z.literal(true) }) } },
          },
        },
      }),
      (c) => c.json({ ok: true } as const, 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/ready',
        tags: ['Running it'],
        summary: 'Whether it can serve: Postgres, Redis, migrations, each by name',
        security: [],
        responses: {
          200: { description: 'Ready', content: { 'application/json': { schema: State } } },
          503: { description: 'Not ready: a problem with the same `checks`' },
        },
      }),
      async (c) => {
        const names = Object.keys(checks)
        const results = await Promise.all(names.map((name) => outcome(checks[name]!)))
        const ready = results.every((result) => result === 'ok') && !deps.stopping.aborted
        const named = Object.fromEntries(names.map((name, index) => [name, results[index]!]))
        if (deps.stopping.aborted) named['process'] = 'stopping'
        if (ready) return c.json({ ready, checks: named }, 200)
        const missing = Object.entries(named).filter(([, state]) => state !== 'ok')
        const detail = missing.map(([name, state]) => `${name}: ${state}.`).join(' ')
        throw new Unavailable('not_ready', detail, { members: { ready, checks: named } })
      },
    )
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
