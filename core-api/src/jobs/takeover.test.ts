import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { write, type WriteCtx } from '../context.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { foundTeam } from '../testing/boards.ts'
import { until } from '../testing/until.ts'
import { enqueue } from './enqueuing.ts'
import { ensureQueues } from './ensuring-queues.ts'
import { USUAL } from './kinds.ts'
import { systemActor } from './system-actor.ts'
import { type Handlers, startWorking } from './working.ts'

const KINDS = { 'test.hang': USUAL }
const HANGING_WORKER = fileURLToPath(new URL('../testing/hanging-worker.ts', import.meta.url))

const test = suite('a killed worker')
const leave = enqueue as unknown as (ctx: WriteCtx, kind: string, data: object) => string
let app: TestApp

test.before(async () => {
  app = await createTestApp()
  await ensureQueues(app.deps.pool, KINDS)
})
test.after(() => app?.close())

test('what it was at is done by another within a minute', async () => {
  const { workspaceId } = await foundTeam(app)
  const doomed = spawn(process.execPath, [HANGING_WORKER], {
    env: { ...process.env, ...app.environment, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await write(app.deps, { actor: systemActor(workspaceId) }, async (ctx) => {
    leave(ctx, 'test.hang', { workspaceId })
    return { status: 204 }
  })
  await once(doomed.stdout, 'data')
  doomed.kill('SIGKILL')
  const attempts: number[] = []
  const handlers = {
    'test.hang': async (_: unknown, __: unknown, { attempt }: { attempt: number }) => void attempts.push(attempt),
  }
  const jobs = await startWorking(app.deps, handlers as unknown as Handlers, KINDS)
  await until(() => attempts.length > 0, 60_000)
  await jobs.stop(1_000)
  assert.deepEqual(attempts, [2])
})

test.run()
