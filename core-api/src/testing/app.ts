import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { databaseForTest, redisForTest, TEST_APP_SECRET } from '@taskflow/tools/stores.ts'
import { createApp } from '../app.ts'
import type { Clock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { closeDeps, openDeps } from '../deps.ts'
import { listen } from '../http/listen.ts'
import { createLog } from '../log.ts'
import { checkingAnswers } from './declared-answers.ts'
import { createPerson } from './person.ts'

export type TestApp = Awaited<ReturnType<typeof createTestApp>>

/** The real application on stores of its own, on a free port: what a test says, it says over HTTP. */
export async function createTestApp(env: Record<string, string> = {}, clock?: Clock) {
  const [database, redis, dataDir] = await Promise.all([
    databaseForTest(),
    redisForTest(),
    mkdtemp(join(tmpdir(), 'taskflow-test-')),
  ])
  const environment = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'debug',
    PORT: '0',
    DATABASE_URL: database.url,
    DATABASE_POOL: '4',
    REDIS_URL: redis.url,
    DATA_DIR: dataDir,
    APP_SECRET: TEST_APP_SECRET,
    INTERNAL_SECRET: randomBytes(24).toString('hex'),
    RATE_LIMIT_SCALE: '1000',
    ...env,
  }
  const config = readConfig(environment)
  const lines: string[] = []
  const sink = new PassThrough().on('data', (chunk: Buffer) => lines.push(chunk.toString()))
  const stopping = new AbortController()
  const deps = await openDeps(config, createLog(config, sink), stopping.signal, clock)
  const app = createApp(deps)
  const server = await listen({ fetch: checkingAnswers(app) }, config)
  return {
    app,
    deps,
    database,
    redis,
    dataDir,
    url: server.url,
    /** For another process on the same stores. */
    environment,
    stopping,
    /** Everything logged so far, as text. */
    logged: () => lines.join(''),
    signUp: (name: string, email?: string) => createPerson(server.url, name, email),
    async close() {
      stopping.abort()
      await server.close()
      await closeDeps(deps)
      await Promise.all([database.close(), redis.close(), rm(dataDir, { recursive: true, force: true })])
    },
  }
}
