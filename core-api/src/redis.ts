import { createClient } from 'redis'
import type { Config } from './config.ts'
import type { Log } from './log.ts'

const RECONNECT_CEILING_MS = 1_000
const PING_EVERY_MS = 10_000

export type Redis = ReturnType<typeof createRedis>

// Redis may come late, go and come back: the process starts without it and never waits for it.
export function createRedis(config: Pick<Config, 'redisUrl'>, log: Log) {
  const publisher = createPublisher(config.redisUrl)
  const subscriber = createClient({ ...connection(config.redisUrl), disableOfflineQueue: false })
  for (const [role, client] of Object.entries({ publisher, subscriber })) {
    let down = false
    client.on('error', (error: Error) => {
      if (!down) log.warn({ err: error, role }, 'Redis is not reachable')
      down = true
    })
    client.on('ready', () => {
      if (down) log.info({ role }, 'Redis is back')
      down = false
    })
    client.connect().catch(() => {})
  }
  return {
    publisher,
    subscriber,
    async close() {
      publisher.destroy()
      subscriber.destroy()
    },
  }
}

function createPublisher(url: string) {
  // Without the queue a command fails at once while Redis is away, so that no request waits for it.
  return createClient({ ...connection(url), disableOfflineQueue: true })
}

function connection(url: string) {
  return {
    url,
    RESP: 2 as const,
    disableClientInfo: true,
    pingInterval: PING_EVERY_MS,
    socket: {
      connectTimeout: 2_000,
      reconnectStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, RECONNECT_CEILING_MS),
    },
  }
}
