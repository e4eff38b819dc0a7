import { channelOfStream } from '@taskflow/shared/names.ts'
import { redisForTest } from '@taskflow/tools/stores.ts'
import { pino } from 'pino'
import { createClient } from 'redis'
import type { Timing } from '../limits.ts'
import { createRealtime, type Realtime } from '../server.ts'
import { INTERNAL_SECRET, PUBLIC_URL, startTestApi } from './api.ts'
import { openClient, type TestClient } from './client.ts'

export type World = Awaited<ReturnType<typeof createWorld>>

/** An API on the wire, a Redis, nodes of this service, and people with sockets. */
export async function createWorld() {
  const api = await startTestApi()
  let redis = await redisForTest()
  let publisher = await connect(redis.url)
  const nodes: Realtime[] = []
  const clients: TestClient[] = []
  const urls = new Map<Realtime, string>()

  return {
    api,
    redisUrl: () => redis.url,

    async startNode(timing: Partial<Timing> = {}, rateLimitScale = 1): Promise<Realtime & { url: string }> {
      const config = {
        logLevel: 'silent' as const,
        host: '127.0.0.1',
        port: 0,
        publicUrl: PUBLIC_URL,
        allowedOrigins: [PUBLIC_URL],
        apiUrl: api.url,
        redisUrl: redis.url,
        internalSecret: INTERNAL_SECRET,
        rateLimitScale,
      }
      const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' })
      const node = createRealtime({ config, log, timing })
      nodes.push(node)
      const url = `http://127.0.0.1:${await node.listen()}`
      urls.set(node, url)
      return Object.assign(node, { url })
    },

    /** A person's socket on the first node, unless another is named. */
    async connect(userId: string, at: { url: string } = { url: urls.get(nodes[0]!)! }): Promise<TestClient> {
      const client = openClient(api, at.url, userId, { auth: { token: await api.token(userId) } })
      clients.push(client)
      await client.connected()
      return client
    },

    open(userId: string, options: Parameters<typeof openClient>[3], at = { url: urls.get(nodes[0]!)! }): TestClient {
      const client = openClient(api, at.url, userId, options)
      clients.push(client)
      return client
    },

    publish: (stream: string, text: string) => publisher.publish(channelOfStream(stream), text),
    publishOn: (channel: string, text: string) => publisher.publish(channel, text),

    /** Somebody acts: the fact is committed and published. */
    act(stream: string, type?: string, data?: object) {
      return publisher.publish(channelOfStream(stream), api.commit(stream, type, data))
    },

    async stopRedis() {
      publisher.destroy()
      await redis.close()
    },

    async restartRedis() {
      redis = await redisForTest({ port: Number(new URL(redis.url).port) })
      publisher = await connect(redis.url)
    },

    async close() {
      for (const client of clients) client.socket.disconnect()
      for (const node of nodes) await node.close()
      publisher.destroy()
      await Promise.all([redis.close(), api.close()])
    },
  }
}

async function connect(url: string) {
  const client = createClient({ url })
  client.on('error', () => {})
  await client.connect()
  return client
}
