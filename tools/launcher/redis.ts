import { startRedis } from '../redis.ts'
import type { Children } from './children.ts'
import { Fault } from './fault.ts'

const CONNECT_WITHIN_MS = 8_000

export async function startEmbeddedRedis(dataDir: string, children: Children) {
  const server = await startRedis({ folder: dataDir })
  if (server.child) children.watch('redis', server.child, () => ({ lastLines: [], shown: false }))
  return { url: server.url, name: server.name, stop: () => (server.child ? children.stop('redis') : server.stop()) }
}

export async function checkRedis(url: string): Promise<void> {
  const { createClient } = await import('redis')
  const client = createClient({ url, socket: { connectTimeout: CONNECT_WITHIN_MS, reconnectStrategy: false } })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.ping()
  } catch (error) {
    const why = (error as Error).message || (error as NodeJS.ErrnoException).code
    throw new Fault(`Redis at ${new URL(url).host} cannot be used: ${why}. Check REDIS_URL.`)
  } finally {
    client.destroy()
  }
}
