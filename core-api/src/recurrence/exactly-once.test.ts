import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, foundTeam, send, sqlAsOwner, type Team } from '../testing/boards.ts'
import { openReceiver, type WebhookReceiver } from '../testing/receiver.ts'
import { until } from '../testing/until.ts'

const CLOSER = fileURLToPath(new URL('../testing/dying-closer.ts', import.meta.url))
const WORKER = fileURLToPath(new URL('../worker.ts', import.meta.url))
const TASKS = 4
const CLOSED_BY_THE_LIVING = 20

const test = suite('what follows when processes are killed')
const workers: ChildProcess[] = []
let app: TestApp
let team: Team
let receiver: WebhookReceiver

test.before(async () => {
  receiver = await openReceiver()
  app = await createTestApp({ OUTBOUND_ALLOW: '127.0.0.1' })
  team = await foundTeam(app)
})
test.after(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  receiver?.close()
  await app?.close()
})

const run = (file: string, ...args: string[]) =>
  spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...app.environment, LOG_LEVEL: 'fatal' },
    stdio: 'ignore',
  })

const add = (title: string) =>
  addTask(team.owner, team.boardId, { title, due: '2026-12-01', recurrence: { rrule: 'FREQ=WEEKLY', zone: 'UTC' } })

const openByTitle = async () => {
  const rows = await sqlAsOwner<{ title: string; open: number }>(
    app,
    `select title, (count(*) filter (where closed_at is null))::int as open from task where recurrence is not null
     group by title order by title`,
  )
  return rows.map(({ title, open }) => `${title} ${open}`)
}

test('each closed task is followed by one, and each fact reaches the webhook under one id', async () => {
  const { owner, workspaceId } = team
  await send(owner, 'POST', `/api/workspaces/${workspaceId}/webhooks`, {
    url: receiver.url,
    events: ['task.created', 'task.closed'],
  })
  const titles = Array.from({ length: TASKS }, (_, i) => `Doomed ${i}`)
  for (const title of titles) {
    const { id } = await add(title)
    const [, signal] = (await once(run(CLOSER, id, owner.userId), 'exit')) as [number | null, string | null]
    assert.equal(signal, 'SIGKILL')
  }
  assert.deepEqual(
    await openByTitle(),
    titles.map((title) => `${title} 0`),
  )

  for (let i = 0; i < 3; i++) workers.push(run(WORKER))
  await until(() => receiver.received.length > 0)
  workers[0]!.kill('SIGKILL')
  const living = Array.from({ length: CLOSED_BY_THE_LIVING }, (_, i) => `Living ${String(i).padStart(2, '0')}`)
  for (const title of living) await send(owner, 'PUT', `/api/tasks/${(await add(title)).id}/closed`)
  workers[1]!.kill('SIGKILL')

  const all = [...titles, ...living]
  const expected = all.map((title) => `${title} 1`)
  await until(async () => String(await openByTitle()) === String(expected))
  const left = `select count(*)::int as left from delivery where kind = 'webhook' and status <> 'sent'`
  await until(async () => (await sqlAsOwner<{ left: number }>(app, left))[0]!.left === 0)
  const ids = new Map(receiver.received.map(({ headers, body }) => [headers['webhook-id'], body]))
  const told = [...ids.values()].map((body) => JSON.parse(body) as { type: string; task: { title: string } })
  for (const title of all) {
    const types = told.filter(({ task }) => task.title === title).map(({ type }) => type)
    assert.deepEqual(types.sort(), ['task.closed', 'task.created', 'task.created'], title)
  }
})

test.run()
