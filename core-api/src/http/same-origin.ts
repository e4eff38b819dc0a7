import type { Context } from 'hono'
import { Forbidden } from '../errors.ts'
import type { AppEnv } from './app-env.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export function isSafe(method: string): boolean {
  return SAFE.has(method)
}

// A browser names where a write comes from; a script that names nothing carries no stolen cookie.
export function refuseForeignOrigin(c: Context<AppEnv>, allowed: ReadonlySet<string>): void {
  if (c.req.header('sec-fetch-site') === 'cross-site') throw foreign()
  const origin = c.req.header('origin')
  if (origin !== undefined && !allowed.has(origin)) throw foreign()
}

function foreign() {
  return new Forbidden('request.foreign_origin', 'This request comes from another site.')
}
