import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startPostgres } from '@taskflow/tools/postgres.ts'
import { freePort } from '@taskflow/tools/processes.ts'
import { startRedis } from '@taskflow/tools/redis.ts'

export const PUBLIC_URL = 'http://localhost:8080'

export type Stack = Awaited<ReturnType<typeof startStack>>

/** The real services on real stores, each its own process, without the gateway: what is measured is ours. */
export async function startStack(parts: { realtime?: boolean; worker?: boolean } = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'taskflow-bench-'))
  const [postgres, redis, apiPort, realtimePort] = await Promise.all([
    startPostgres({
      dataDir: join(directory, 'postgres'),
      logFile: join(directory, 'postgres.log'),
      password: 'bench',
    }),
    startRedis({}),
    freePort(),
    freePort(),
  ])
  const env = {
    ...process.env,
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    APP_SECRET: randomBytes(32).toString('hex'),
    INTERNAL_SECRET: randomBytes(32).toString('hex'),
    PUBLIC_URL,
    RATE_LIMIT_SCALE: '1000000',
    LOG_LEVEL: 'error',
    DATA_DIR: directory,
  }
  const api = start('core-api/src/main.ts', { ...env, PORT: String(apiPort) })
  const url = `http://127.0.0.1:${apiPort}`
  await until(`${url}/api/ready`)
  const realtime = parts.realtime
    ? start('realtime/src/main.ts', { ...env, API_URL: url, PORT: String(realtimePort) })
    : undefined
  if (realtime) await until(`http://127.0.0.1:${realtimePort}/ready`)
  const worker = parts.worker ? start('core-api/src/worker.ts', { ...env, PORT: String(await freePort()) }) : undefined
  return {
    url,
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    realtimeUrl: `http://127.0.0.1:${realtimePort}`,
    pids: { api: api.pid!, realtime: realtime?.pid },
    async close() {
      await Promise.all([api, realtime, worker].map((child) => child && end(child)))
      await redis.stop()
      await postgres.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function start(file: string, env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [file], { env, stdio: ['ignore', 'inherit', 'inherit'] })
}

async function until(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await delay(100)
  }
  throw new Error(`${url} did not become ready`)
}

const end = (child: ChildProcess) =>
  new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGTERM')
  })
