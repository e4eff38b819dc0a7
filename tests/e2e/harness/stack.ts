import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { databaseForTest } from '@taskflow/tools/stores.ts'
import { TEST_APP_SECRET } from '@taskflow/tools/testing/template.ts'
import { freePort } from '@taskflow/tools/processes.ts'
import { bareEnvironment } from './bare-environment.ts'
import { findUnder } from './processes.ts'

const START = resolve(import.meta.dirname, '../../../tools/start.ts')
const READY_MS = 240_000

export type RunningStack = Awaited<ReturnType<typeof startStack>>

/**
 * Everything, as `npm start` starts it, behind the real gateway; what is measured has the launcher's own database.
 * `E2E_URL` names one that runs already.
 */
export async function startStack({ ownDatabase = false } = {}) {
  const given = process.env.E2E_URL
  if (given) return { url: given, mayDie: false, die: cannot, revive: cannot, close: async () => {} }
  const [database, port, dataDir] = await Promise.all([
    ownDatabase ? { url: '', close: async () => {} } : databaseForTest(),
    freePort(),
    mkdtemp(join(tmpdir(), 'taskflow-e2e-')),
  ])
  const env = {
    ...bareEnvironment,
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    RATE_LIMIT_SCALE: '100000',
    NODE_ENV: 'test',
    APP_SECRET: TEST_APP_SECRET,
    INTERNAL_SECRET: 'another secret of the tests, as long as the first',
    LOG_LEVEL: 'warn',
  }
  let running = launch(env)
  const close = async () => {
    running.child.kill('SIGTERM')
    await running.ended
    await database.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  const untilReady = () =>
    running.ready.catch(async (error: unknown) => {
      await close()
      throw error
    })
  await untilReady()
  return {
    url: `http://localhost:${port}`,
    mayDie: true,
    /** kill -9 of the API, which the launcher answers by stopping the rest. */
    async die() {
      const api = findUnder(running.child.pid!, /core-api$/, /src\/main\.ts$/)
      if (!api) throw new Error('The API does not run')
      process.kill(api, 'SIGKILL')
      await running.ended
    },
    /** All of it again, at the same address, with the same data. */
    async revive() {
      running = launch(env)
      await untilReady()
    },
    close,
  }
}

function launch(env: NodeJS.ProcessEnv) {
  // The channel ends with this process, and the launcher with the channel.
  const child = fork(START, [], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env })
  let output = ''
  const ended = new Promise<void>((resolveEnd) => child.once('exit', () => resolveEnd()))
  const ready = new Promise<void>((isReady, failed) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('Taskflow is ready')) isReady()
    }
    child.stdout!.on('data', read)
    child.stderr!.on('data', read)
    void ended.then(() => failed(new Error(`The stack ended:\n${output.slice(-4000)}`)))
    setTimeout(() => failed(new Error(`The stack did not become ready:\n${output.slice(-4000)}`)), READY_MS).unref()
  })
  return { child, ended, ready }
}

const cannot = () => Promise.reject(new Error('It was running already: it is not ours to stop'))
