import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, foundTeam, send, sqlAsOwner, type Team } from '../testing/boards.ts'
import { addCrowd, toldTo } from '../testing/crowd.ts'
import { until } from '../testing/until.ts'

const WORKER = fileURLToPath(new URL('../worker.ts', import.meta.url))
const SWEEPER = fileURLToPath(new URL('../testing/sweeping-worker.ts', import.meta.url))
const PEOPLE = 300
const COMMENTS = 6
const REMINDERS_EACH = 4

const test = suite('telling people with workers that die')
let app: TestApp
let team: Team
let workers: ChildProcess[] = []

test.before.each(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
})
test.after.each(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  workers = []
  await app?.close()
})

function start(file: string): ChildProcess {
  const env = { ...process.env, ...app.environment, LOG_LEVEL: 'error' }
  const worker = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  workers.push(worker)
  return worker
}

const watchers = (taskId: string, userIds: string[]) =>
  sqlAsOwner(app, 'update task set watcher_ids = $2 where id = $1', [taskId, userIds])

const allTold = async (userIds: string[], times: number) =>
  (await toldTo(app, userIds)).every(({ unread }) => unread >= times)

test('a comment that many watch is told to each of them once', async () => {
  const crowd = await addCrowd(app, team.workspaceId, PEOPLE)
  const { id } = await addTask(team.owner, team.boardId, { title: 'Watched by many' })
  await watchers(id, crowd)
  const doomed = [start(WORKER), start(WORKER)]
  for (let i = 0; i < COMMENTS; i++) {
    await send(team.owner, 'POST', `/api/tasks/${id}/comments`, { body: `Comment ${i}` })
    if (i === 0) await until(async () => (await toldTo(app, crowd)).some(({ unread }) => unread > 0))
    if (i === 2) doomed[0]!.kill('SIGKILL')
    if (i === 4) {
      doomed[1]!.kill('SIGKILL')
      start(WORKER)
    }
  }
  await until(() => allTold(crowd, COMMENTS), 90_000)
  await until(async () => (await toldTo(app, crowd)).every(({ counted }) => counted === 1))
  const told = await toldTo(app, crowd)
  assert.deepEqual(
    told.filter((one) => one.told !== COMMENTS || one.unread !== COMMENTS),
    [],
  )
})

test('reminders go off once each, whoever dies', async () => {
  const crowd = await addCrowd(app, team.workspaceId, PEOPLE)
  for (let i = 0; i < REMINDERS_EACH; i++) {
    const { id } = await addTask(team.owner, team.boardId, { title: `Task ${i}` })
    await sqlAsOwner(
      app,
      `insert into reminder (id, workspace_id, task_id, user_id, kind, own, moment, at)
       select gen_random_uuid(), $1, $2, u, '1h', true, now(), now() from unnest($3::uuid[]) u`,
      [team.workspaceId, id, crowd],
    )
  }
  const doomed = [start(SWEEPER), start(SWEEPER), start(SWEEPER)]
  await Promise.all(doomed.map((worker) => once(worker.stdout!, 'data')))
  await until(async () => (await toldTo(app, crowd)).some(({ unread }) => unread > 0))
  doomed[0]!.kill('SIGKILL')
  await new Promise((done) => setTimeout(done, 100))
  doomed[1]!.kill('SIGKILL')
  await until(() => allTold(crowd, REMINDERS_EACH))
  await until(async () => (await toldTo(app, crowd)).every(({ counted }) => counted === REMINDERS_EACH))
  const told = await toldTo(app, crowd)
  assert.deepEqual(
    told.filter((one) => one.told !== REMINDERS_EACH || one.unread !== REMINDERS_EACH),
    [],
  )
})

test.run()
