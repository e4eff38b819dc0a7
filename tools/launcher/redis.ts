import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startRedis } from '../redis.ts'
import { linesOfFile, type Children } from './children.ts'
import { Fault } from './fault.ts'

const CONNECT_WITHIN_MS = 8_000

export async function startEmbeddedRedis(dataDir: string, children: Children) {
  mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 })
  const logFile = join(dataDir, 'logs/redis.log')
  const server = await startRedis({ folder: dataDir, logFile })
  if (server.child) children.watch('redis', server.child, () => linesOfFile(logFile))
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
