import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { databaseForTest } from '@taskflow/tools/stores.ts'
import { TEST_APP_SECRET } from '@taskflow/tools/testing/template.ts'
import { freePort } from '@taskflow/tools/processes.ts'

const START = resolve(import.meta.dirname, '../../../tools/start.ts')
const READY_MS = 120_000

export type RunningStack = Awaited<ReturnType<typeof startStack>>

/** Everything, as `npm start` starts it, behind the real gateway. `E2E_URL` names one that runs already. */
export async function startStack() {
  const given = process.env.E2E_URL
  if (given) return { url: given, close: async () => {} }
  const [database, port, dataDir] = await Promise.all([
    databaseForTest(),
    freePort(),
    mkdtemp(join(tmpdir(), 'taskflow-e2e-')),
  ])
  const child = fork(START, [], {
    // The channel ends with this process, and the launcher with the channel.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      RATE_LIMIT_SCALE: '100000',
      NODE_ENV: 'test',
      APP_SECRET: TEST_APP_SECRET,
      INTERNAL_SECRET: 'another secret of the tests, as long as the first',
      LOG_LEVEL: 'warn',
    },
  })
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
  const close = async () => {
    child.kill('SIGTERM')
    await ended
    await database.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  await ready.catch(async (error: unknown) => {
    await close()
    throw error
  })
  return { url: `http://localhost:${port}`, close }
}
