import { randomUUID } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Deps } from '../deps.ts'
import type { AppEnv } from './app-env.ts'
import { isAddress, peerOf } from './peer.ts'

const REQUEST_ID = /^[\w-]{8,64}$/
const LOUD = 429

// The first thing that every request meets: its id, the caller's address, its line in the log, its measure.
export function frontDoor({
  config,
  log,
  metrics,
}: Pick<Deps, 'config' | 'log' | 'metrics'>): MiddlewareHandler<AppEnv> {
  const everyRequest = config.logRequests ? 'info' : 'debug'
  return async (c, next) => {
    const startedAt = performance.now()
    const peer = c.env?.incoming ? peerOf(c.env.incoming) : undefined
    const gateway = config.trustProxy && peer?.inside === true
    const requestId = requestIdOf(c, gateway)
    c.set('requestId', requestId)
    c.set('address', addressOf(c, gateway) ?? peer?.address ?? 'unknown')
    c.header('X-Request-Id', requestId)
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Cache-Control', 'no-store')
    await next()
    const { status } = c.res
    const seconds = (performance.now() - startedAt) / 1000
    metrics.observeRequest(c.req.method, routePath(c, -1), status, seconds)
    const level = status >= LOUD ? 'warn' : everyRequest
    if (log.isLevelEnabled(level)) log[level](lineOf(c, status, seconds), 'request')
  }
}

function lineOf(c: Context<AppEnv>, status: number, seconds: number) {
  return {
    requestId: c.get('requestId'),
    method: c.req.method,
    route: routePath(c, -1),
    status,
    ms: Math.round(seconds * 1e5) / 100,
    userId: c.get('actor')?.id,
  }
}

function requestIdOf(c: Context<AppEnv>, gateway: boolean): string {
  const given = gateway ? c.req.header('x-request-id') : undefined
  return given !== undefined && REQUEST_ID.test(given) ? given : randomUUID()
}

function addressOf(c: Context<AppEnv>, gateway: boolean): string | undefined {
  const given = gateway ? (c.req.header('x-real-ip') ?? c.req.header('x-forwarded-for')) : undefined
  return given !== undefined && isAddress(given) ? given : undefined
}
