import type { Pool } from 'pg'
import { createFileStore, type FileStore } from './attachments/file-store.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { entities } from './entities.ts'
import { createLiveSessions, type LiveSessions } from './identity/live-sessions.ts'
import { createSigningKey, type SigningKey } from './identity/signing-key.ts'
import { ensureQueues } from './jobs/ensuring-queues.ts'
import { createSafeFetch, type SafeFetch } from './http/safe-fetch.ts'
import type { Log } from './log.ts'
import { createMailServer, type MailServer } from './mail/mail-server.ts'
import { type Counting, createCounting } from './notifications/counting.ts'
import { createOrm, type Orm } from './orm.ts'
import { createRedis, type Redis } from './redis.ts'
import { createLanes, type Lanes } from './streams/lanes.ts'
import { createHookedWorkspaces, type HookedWorkspaces } from './webhooks/hooked-workspaces.ts'
import { createRelay, type Relay } from './streams/relay.ts'

/** What a change needs, in whichever process it happens: all of it but the ways in. */
export interface CoreDeps {
  config: Config
  log: Log
  clock: Clock
  orm: Orm
  /** The raw connections under the ORM, as the runtime role. */
  pool: Pool
  redis: Redis
  signingKey: SigningKey
  sessions: LiveSessions
  relay: Relay
  lanes: Lanes
  /** Missing where none is configured. */
  mailServer: MailServer | undefined
  /** The only way to addresses that users give. */
  outbound: SafeFetch
  /** Where the content of attachments lies. */
  files: FileStore
  /** Tells people how much they have not read, after it has changed. */
  counting: Counting
  /** Which workspaces have webhooks. */
  hooked: HookedWorkspaces
  /** Aborted when the process begins to stop: not ready any more, held calls answer. */
  stopping: AbortSignal
}

export async function openCoreDeps(
  config: Config,
  log: Log,
  stopping: AbortSignal,
  clock: Clock = systemClock,
): Promise<CoreDeps> {
  const { orm, pool } = await createOrm(config, entities)
  const redis = createRedis(config, log)
  const signingKey = createSigningKey(config)
  const sessions = createLiveSessions(pool)
  const relay = createRelay({ pool, redis, log })
  const mailServer = createMailServer(config)
  await ensureQueues(pool)
  const files = createFileStore(config)
  return {
    config,
    log,
    clock,
    orm,
    pool,
    redis,
    signingKey,
    sessions,
    relay,
    lanes: createLanes(),
    mailServer,
    hooked: createHookedWorkspaces({ pool, redis }),
    outbound: createSafeFetch({ allow: config.outboundAllow }),
    files,
    counting: createCounting(),
    stopping,
  }
}

export async function closeCoreDeps(deps: CoreDeps): Promise<void> {
  const { relay, redis, orm, mailServer, counting } = deps
  await counting.settled(deps)
  relay.close()
  mailServer?.close()
  await redis.close()
  await orm.close(true)
}
