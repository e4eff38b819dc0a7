import { assert, suite } from '@taskflow/tools/suite.ts'
import { PgBoss } from 'pg-boss'
import { write, type WriteCtx } from '../context.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { foundTeam, sqlAsOwner, type Team } from '../testing/boards.ts'
import { until } from '../testing/until.ts'
import { enqueue, type JobOptions } from './enqueuing.ts'
import { ensureQueues } from './ensuring-queues.ts'
import { DEAD_LETTERS, type KindOptions } from './kinds.ts'
import { systemActor } from './system-actor.ts'
import { type Handlers, startWorking } from './working.ts'

const QUICK: KindOptions = { concurrency: 2, retries: 2, waitSeconds: 1, longestWaitSeconds: 2, withinSeconds: 60 }
const KINDS = { 'test.note': QUICK, 'test.fail': QUICK }

const test = suite('jobs')
const leave = enqueue as unknown as (ctx: WriteCtx, kind: string, data: object, options?: JobOptions) => string
const noted: string[] = []
const failed: { at: number; attempt: number }[] = []
let app: TestApp
let team: Team
let jobs: Awaited<ReturnType<typeof startWorking>>

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
  await ensureQueues(app.deps.pool, KINDS)
  const handlers = {
    'test.note': async (_deps: unknown, { text }: { text: string }) => void noted.push(text),
    'test.fail': async (_deps: unknown, data: { times: number }, { attempt }: { attempt: number }) => {
      failed.push({ at: Date.now(), attempt })
      if (attempt <= data.times) throw new Error(`no luck with attempt ${attempt}`)
    },
  }
  jobs = await startWorking(app.deps, handlers as unknown as Handlers, KINDS)
})
test.after(async () => {
  await jobs?.stop(1_000)
  await app?.close()
})

async function inWorkspace(act: (ctx: WriteCtx) => unknown): Promise<void> {
  await write(app.deps, { actor: systemActor(team.workspaceId) }, async (ctx) => {
    await act(ctx)
    return { status: 204 }
  })
}

test('a job exists exactly if its change does', async () => {
  const { workspaceId } = team
  await assert.rejects(
    inWorkspace((ctx) => {
      leave(ctx, 'test.note', { workspaceId, text: 'never' })
      throw new Error('the change fails')
    }),
  )
  await inWorkspace((ctx) => leave(ctx, 'test.note', { workspaceId, text: 'done' }))
  jobs.wake('test.note')
  await until(() => noted.includes('done'))
  assert.deepEqual(noted, ['done'])
})

test('a job that is left twice with the same id is done once', async () => {
  const { workspaceId } = team
  const id = '01990000-0000-7000-8000-000000000001'
  for (let i = 0; i < 2; i++) await inWorkspace((ctx) => leave(ctx, 'test.note', { workspaceId, text: 'once' }, { id }))
  await until(() => noted.includes('once'))
  await inWorkspace((ctx) => leave(ctx, 'test.note', { workspaceId, text: 'after' }))
  await until(() => noted.includes('after'))
  assert.equal(noted.filter((text) => text === 'once').length, 1)
})

test('what fails is tried again, later each time, until it works', async () => {
  failed.length = 0
  await inWorkspace((ctx) => leave(ctx, 'test.fail', { workspaceId: team.workspaceId, times: 2 }))
  await until(() => failed.length === 3)
  assert.deepEqual(
    failed.map(({ attempt }) => attempt),
    [1, 2, 3],
  )
})

test('what fails too often is a dead letter, with the words of its last failure', async () => {
  await inWorkspace((ctx) => leave(ctx, 'test.fail', { workspaceId: team.workspaceId, times: 9 }))
  const [dead] = await until(async () => {
    const rows = await sqlAsOwner(app, 'select * from pgboss.job where name = $1', [DEAD_LETTERS])
    return rows.length > 0 ? rows : null
  })
  assert.deepEqual([dead!.source_name, dead!.data], ['test.fail', { workspaceId: team.workspaceId, times: 9 }])
  assert.match(JSON.stringify(dead!.source_output), /no luck with attempt 3/)
})

test('a job is written as the queue library writes it', async () => {
  const at = new Date(Date.now() + 3_600_000)
  const ids = ['01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-00000000000b']
  const data = { workspaceId: team.workspaceId, text: 'later' }
  const boss = new PgBoss({ connectionString: app.database.url, migrate: false, supervise: false, schedule: false })
  await boss.start()
  await boss.send('test.note', data, { id: ids[0]!, startAfter: at })
  await boss.stop()
  await inWorkspace((ctx) => leave(ctx, 'test.note', data, { id: ids[1]!, at }))
  const rows = await sqlAsOwner(app, 'select * from pgboss.job where id = any($1) order by id', [ids])
  const [theirs, ours] = rows.map(({ id: _, created_on, ...row }) => {
    assert.ok(created_on)
    return row
  })
  assert.deepEqual(ours, theirs)
})

test.run()
