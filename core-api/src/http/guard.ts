import type { Context, MiddlewareHandler } from 'hono'
import { originsOf } from '@taskflow/shared/origins.ts'
import type { Deps } from '../deps.ts'
import { Invalid } from '../errors.ts'
import type { AppEnv } from './app-env.ts'
import { authenticate } from './authenticate.ts'
import { isOneClick, isPublic } from './public-routes.ts'
import { readJson, refuseUnsafe } from './read-json.ts'
import { isSafe, refuseForeignOrigin } from './same-origin.ts'
import { isUpload } from './uploads.ts'
import { createWriteLimit } from './write-limit.ts'

// What every call of the API passes, in this order: origin, who it is, how often, a readable body.
export function guard(deps: Deps): MiddlewareHandler<AppEnv> {
  const origins = new Set(originsOf(deps.config.publicUrl))
  const countWrite = createWriteLimit(deps.config.rateLimitScale)
  return async (c, next) => {
    const write = !isSafe(c.req.method)
    if (write) refuseForeignOrigin(c, origins)
    if (c.req.url.includes('%00')) refuseNulInUrl(c)
    if (!isPublic(c.req.path, c.req.method)) {
      const found = authenticate(c, deps.authenticators)
      const actor = found instanceof Promise ? await found : found
      c.set('actor', actor)
      if (write) countWrite(actor.id)
    }
    if (write && !isUpload(c) && !isOneClick(c.req.path, c.req.method)) await readJson(c)
    await next()
  }
}

function refuseNulInUrl(c: Context<AppEnv>): never {
  refuseUnsafe(c.req.query())
  throw new Invalid([{ path: 'url', message: 'must not contain NUL characters' }], 'request.invalid_text')
}
