import type { Pool } from 'pg'
import { createFileStore, type FileStore } from './attachments/file-store.ts'
import type { Config } from './config.ts'
import { entities } from './entities.ts'
import type { Authenticator } from './http/authenticate.ts'
import { createMetrics, type Metrics } from './http/metrics.ts'
import { createRateLimits, type RateLimits } from './http/rate-limit.ts'
import { bearerToken, sessionCookie } from './identity/authenticators.ts'
import { createSessionEnding, type EndSessions } from './identity/ending-sessions.ts'
import { createLiveSessions, type LiveSessions } from './identity/live-sessions.ts'
import { createMailer, type Mailer } from './identity/mail.ts'
import { createSigningKey, type SigningKey } from './identity/signing-key.ts'
import { type AuthInUse, createAuthInUse } from './identity/single-sign-on.ts'
import type { Log } from './log.ts'
import { createOrm, type Orm } from './orm.ts'
import { createRedis, type Redis } from './redis.ts'
import { createRelay, type Relay } from './streams/relay.ts'

export type Deps = {
  config: Config
  log: Log
  metrics: Metrics
  orm: Orm
  /** The raw connections under the ORM, as the runtime role. */
  pool: Pool
  redis: Redis
  signingKey: SigningKey
  sessions: LiveSessions
  endSessions: EndSessions
  authenticators: Authenticator[]
  rateLimits: RateLimits
  mail: Mailer
  auth: AuthInUse
  relay: Relay
  /** Where the content of attachments lies. */
  files: FileStore
  /** Aborted when the process begins to stop: not ready any more, held calls answer. */
  stopping: AbortSignal
}

export async function openDeps(config: Config, log: Log, stopping: AbortSignal): Promise<Deps> {
  const metrics = createMetrics()
  const { orm, pool } = await createOrm(config, entities)
  const redis = createRedis(config, log)
  const signingKey = createSigningKey(config)
  const sessions = createLiveSessions(pool)
  const endSessions = createSessionEnding(redis, sessions, log)
  const authenticators = [bearerToken(signingKey, config, sessions), sessionCookie(config, sessions)]
  const rateLimits = createRateLimits(redis, config.rateLimitScale)
  const mail = createMailer(config, log)
  const auth = createAuthInUse({ config, log, orm, pool, endSessions, mail })
  const relay = createRelay({ pool, redis, log })
  await relay.start()
  return {
    config,
    log,
    metrics,
    orm,
    pool,
    redis,
    signingKey,
    sessions,
    endSessions,
    authenticators,
    rateLimits,
    mail,
    auth,
    relay,
    files: createFileStore(config),
    stopping,
  }
}

export async function closeDeps({ auth, relay, redis, orm }: Deps): Promise<void> {
  auth.close()
  relay.close()
  await redis.close()
  await orm.close(true)
}
