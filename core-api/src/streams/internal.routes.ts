import { Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/app-env.ts'
import { listEndedSessions } from '../identity/ending-sessions.ts'
import { factsAfter } from './catching-up.ts'

const TICKET_LIFE = '11 minutes'
const Streams = z.object({ streams: z.array(z.string().max(64)).max(10_000) })
const After = z.object({
  epoch: z.string(),
  after: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
})

interface Revocation {
  stream: string
  acl: number
  at: string
  data: { userIds?: string[]; userId: string }
}

/** For the realtime nodes alone: the gateway never routes here, and internal-door.ts lets nobody else in. */
export function internalRoutes(deps: Deps) {
  const router = new Hono<AppEnv>()
  router.get('/streams/:id/events', async (c) => {
    const facts = await factsAfter(deps, c.req.param('id'), After.parse(c.req.query()))
    return c.body(facts.text, 200, { 'Content-Type': 'application/json' })
  })

  router.post('/heads', async (c) => {
    const { streams } = Streams.parse(await c.req.json())
    const { rows } = await deps.pool.query<{ stream: string; epoch: string; seq: number }>(
      'select stream, epoch, seq::int from heads_of($1)',
      [streams],
    )
    return c.json({ heads: Object.fromEntries(rows.map(({ stream, epoch, seq }) => [stream, { epoch, seq }])) })
  })

  /** What a node that has just started cannot have heard: whose tickets and tokens live on without being worth anything. */
  router.get('/revocations', async (c) => {
    const { rows } = await deps.pool.query<Revocation>(
      'select stream, acl::int, at, data from recent_revocations($1::interval)',
      [TICKET_LIFE],
    )
    const revocations = rows.flatMap(({ stream, acl, at, data }) =>
      (data.userIds ?? [data.userId]).map((userId) => ({ stream, userId, acl, at })),
    )
    return c.json({ revocations, sessions: await listEndedSessions(deps.pool) })
  })

  return router
}
