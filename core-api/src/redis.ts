import { createClient } from 'redis'
import type { Config } from './config.ts'
import type { Log } from './log.ts'

const RECONNECT_CEILING_MS = 1_000
const PING_EVERY_MS = 5_000

export type Redis = ReturnType<typeof createRedis>

// Redis may come late, go and come back: the process starts without it and never waits for it.
export function createRedis({ redisUrl }: Pick<Config, 'redisUrl'>, log: Log, pingEveryMs = PING_EVERY_MS) {
  const publisher = createPublisher(redisUrl)
  const subscriber = createSubscriber(redisUrl, pingEveryMs)
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
  const watching = watch(publisher, pingEveryMs)
  return {
    publisher,
    subscriber,
    async close() {
      clearInterval(watching)
      publisher.destroy()
      subscriber.destroy()
    },
  }
}

function createPublisher(url: string) {
  // Without the queue a command fails at once while Redis is away, so that no request waits for it.
  return createClient({ url, ...CONNECTION, disableOfflineQueue: true })
}

/** It says nothing but pings, each after the answer to the one before: when it is silent, Redis is. */
function createSubscriber(url: string, pingEveryMs: number) {
  const socket = { ...CONNECTION.socket, socketTimeout: pingEveryMs * 2 }
  return createClient({ url, ...CONNECTION, socket, pingInterval: pingEveryMs, disableOfflineQueue: false })
}

/** What is written counts as life on a socket, even when it arrives nowhere: only an answer shows that Redis is there. */
function watch(client: ReturnType<typeof createPublisher>, pingEveryMs: number): NodeJS.Timeout {
  let isAsked = false
  return setInterval(() => {
    if (isAsked) {
      client.emit('error', new Error('Redis gives no answer'))
      client.destroy()
      client.connect().catch(() => {})
    } else if (client.isReady) {
      isAsked = true
      client
        .ping()
        .catch(() => {})
        .finally(() => (isAsked = false))
    }
  }, pingEveryMs)
}

const CONNECTION = {
  RESP: 2 as const,
  disableClientInfo: true,
  socket: {
    connectTimeout: 2_000,
    reconnectStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, RECONNECT_CEILING_MS),
  },
}
