import { createHmac, timingSafeEqual } from 'node:crypto'
import { AUDIENCE_INTERNAL } from '@taskflow/shared/names.ts'
import type { Context, Next } from 'hono'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { Unauthorized } from '../errors.ts'
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

/** For the realtime nodes alone: the gateway never routes here, and each call proves that it knows the secret. */
export function internalRoutes(deps: Deps) {
  const router = new Hono<AppEnv>()
  router.use('*', onlyNodes(deps.config.internalSecret))

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

function onlyNodes(secret: string) {
  return async (c: Context<AppEnv>, next: Next) => {
    const [, token = ''] = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '') ?? []
    if (!isFromNode(token, secret)) throw new Unauthorized('internal.unauthenticated', 'This is for realtime nodes.')
    await next()
  }
}

const Claims = z.object({ aud: z.literal(AUDIENCE_INTERNAL), exp: z.number() })

function isFromNode(token: string, secret: string): boolean {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const expected = createHmac('sha256', secret).update(`${header}.${payload}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false
  const claims = Claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
  return claims.success && claims.data.exp > Date.now() / 1000
}
