import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { closeCoreDeps, type CoreDeps, openCoreDeps } from './core-deps.ts'
import type { Authenticator } from './http/authenticate.ts'
import { createMetrics, type Metrics } from './http/metrics.ts'
import { createRateLimits, type RateLimits } from './http/rate-limit.ts'
import { bearerToken, sessionCookie } from './identity/authenticators.ts'
import { createSessionEnding, type EndSessions } from './identity/ending-sessions.ts'
import { type AuthInUse, createAuthInUse } from './identity/single-sign-on.ts'
import type { Log } from './log.ts'
import { createPost } from './mail/posting.ts'

/** What the HTTP side needs beside. */
export interface Deps extends CoreDeps {
  metrics: Metrics
  endSessions: EndSessions
  authenticators: Authenticator[]
  rateLimits: RateLimits
  auth: AuthInUse
}

export async function openDeps(config: Config, log: Log, stopping: AbortSignal, clock?: Clock): Promise<Deps> {
  const metrics = createMetrics()
  const core = await openCoreDeps(config, log, stopping, clock)
  // Here, and not in the workers: it is here that readers wait, and one watch over what nobody published is enough.
  await core.relay.start()
  const { orm, pool, redis, signingKey, sessions } = core
  const endSessions = createSessionEnding(redis, sessions, log)
  const authenticators = [bearerToken(signingKey, config, sessions), sessionCookie(config, sessions)]
  const rateLimits = createRateLimits(redis, config.rateLimitScale)
  const auth = createAuthInUse({ config, log, orm, pool, endSessions, post: createPost(core) })
  return { ...core, metrics, endSessions, authenticators, rateLimits, auth }
}

export async function closeDeps(deps: Deps): Promise<void> {
  deps.auth.close()
  await closeCoreDeps(deps)
}
