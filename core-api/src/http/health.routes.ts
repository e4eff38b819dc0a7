import { createRoute, z } from '@hono/zod-openapi'
import type { Deps } from '../deps.ts'
import { Unavailable } from '../errors.ts'
import { createReadiness } from './readiness.ts'
import { createRouter } from './validate.ts'

const State = z.object({ ready: z.boolean(), checks: z.record(z.string(), z.string()) }).openapi('Readiness')

export function healthRoutes(deps: Pick<Deps, 'pool' | 'redis' | 'stopping'>) {
  const readiness = createReadiness(deps)
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
        const { ready, checks } = await readiness()
        if (ready) return c.json({ ready, checks }, 200)
        const missing = Object.entries(checks).filter(([, state]) => state !== 'ok')
        const detail = missing.map(([name, state]) => `${name}: ${state}.`).join(' ')
        throw new Unavailable('not_ready', detail, { members: { ready, checks } })
      },
    )
}
