import { AUDIENCE_INTERNAL } from '@taskflow/shared/names.ts'
import type { MiddlewareHandler } from 'hono'
import { jwtVerify } from 'jose'
import type { Config } from '../config.ts'
import { NotFound } from '../errors.ts'
import type { AppEnv } from './app-env.ts'
import { readJson } from './read-json.ts'
import { isSafe } from './same-origin.ts'

const BEARER = /^Bearer +(\S+)$/i

// For our own services only; to everybody else there is nothing here.
export function internalDoor(config: Pick<Config, 'internalSecret'>): MiddlewareHandler<AppEnv> {
  const secret = new TextEncoder().encode(config.internalSecret)
  return async (c, next) => {
    const token = BEARER.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
    const rules = { algorithms: ['HS256'], audience: AUDIENCE_INTERNAL, requiredClaims: ['exp'] }
    const known = await jwtVerify(token, secret, rules).catch(() => undefined)
    if (!known) throw new NotFound('request.no_such_route', `There is no ${c.req.method} ${c.req.path}.`)
    if (!isSafe(c.req.method)) await readJson(c)
    await next()
  }
}
