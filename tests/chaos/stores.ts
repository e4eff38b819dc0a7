import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'node:net'
import { freePorts } from '@taskflow/tools/launcher/ports.ts'
import { startPostgres } from '@taskflow/tools/postgres.ts'
import { endProcess, sendSignal } from '@taskflow/tools/processes.ts'
import { startRedis } from '@taskflow/tools/redis.ts'

export type ChaosStores = Awaited<ReturnType<typeof startStores>>

/** A Postgres and a Redis that die and come back at the same addresses. */
export async function startStores() {
  const directory = await mkdtemp(join(tmpdir(), 'taskflow-chaos-'))
  const ports = await freePorts(['postgres', 'redis'])
  const options = {
    dataDir: join(directory, 'postgres'),
    logFile: join(directory, 'postgres.log'),
    password: 'chaos',
    // A process that dies takes nothing from the kernel: only a machine that dies would need fsync.
    settings: [`port=${ports.postgres}`, 'fsync=off'],
  }
  let [postgres, redis] = await Promise.all([startPostgres(options), startRedis({ port: ports.redis })])
  const killNow = () => sendSignal(postgres.child.pid!, 'SIGQUIT')
  process.once('exit', killNow)

  return {
    databaseUrl: postgres.url.replace(/:\d+\//, `:${ports.postgres}/`),
    redisUrl: redis.url,
    postgres: {
      /** SIGINT ends sessions and shuts down in order; SIGQUIT is a crash, with recovery at the next start. */
      stop: (signal: 'SIGINT' | 'SIGQUIT') => endProcess(postgres.child.pid!, signal, 10_000),
      start: async () => void (postgres = await startPostgres(options)),
    },
    redis: {
      async kill() {
        if (redis.child) await endProcess(redis.child.pid!, 'SIGKILL', 5_000)
        await redis.stop()
      },
      start: async () => void (redis = await startRedis({ port: ports.redis })),
      flush: () => sayToRedis(ports.redis, 'FLUSHALL'),
      /** Hangs without closing anything; a stand-in in this process cannot. */
      freeze: () => redis.child && sendSignal(redis.child.pid!, 'SIGSTOP'),
      thaw: () => redis.child && sendSignal(redis.child.pid!, 'SIGCONT'),
    },
    async close() {
      process.removeListener('exit', killNow)
      await Promise.all([redis.stop(), postgres.stop()])
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function sayToRedis(port: number, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(`*1\r\n$${command.length}\r\n${command}\r\n`))
    socket.once('error', reject).once('data', () => {
      socket.destroy()
      resolve()
    })
  })
}
