import { setTimeout as delay } from 'node:timers/promises'
import type { Me } from '@taskflow/shared/dto/workspace.ts'
import { newId } from '@taskflow/shared/ids.ts'
import pg from 'pg'
import { createClient } from 'redis'
import type { Person } from '../../core-api/src/testing/person.ts'
import { openEar } from './ear.ts'
import { load, percentiles } from './load.ts'
import type { Options } from './main.ts'
import { PUBLIC_URL, type Stack, startStack } from './stack.ts'
import { type BenchBoard, call, fillBoard, foundWorkspace, signUp } from './team.ts'

const CONNECTED = 100
const ALERTS = 200
const WATCHERS = 1_000
const COMMENTS = 5
const REMINDERS = 100_000
/** 100,000 in an hour. */
const REMINDERS_PER_SECOND = REMINDERS / 3600

/** From an act to the alert of whom it concerns; a comment with a thousand watchers; an hour full of reminders. */
export async function benchNotify({ seconds }: Options) {
  const stack = await startStack({ realtime: true, worker: true })
  const database = new pg.Client(stack.databaseUrl)
  await database.connect()
  try {
    const ada = await signUp(stack.url, 'Ada')
    const workspace = await foundWorkspace(ada)
    const board = await fillBoard(stack.url, ada, workspace.id, 30)
    return {
      alert: await alerts(stack, database, ada, workspace.id, board),
      comment: await comments(stack, database, ada, workspace.id, board),
      reminders: await reminders(stack, database, ada, workspace.id, board, seconds),
    }
  } finally {
    await database.end()
    await stack.close()
  }
}

/** From before `PUT assignees` to the fact in the handler of the assignee's own socket. */
async function alerts(stack: Stack, database: pg.Client, ada: Person, workspaceId: string, board: BenchBoard) {
  const people: Person[] = []
  for (let n = 0; n < CONNECTED; n++) people.push(await signUp(stack.url, `Person${n}`))
  await join(
    database,
    workspaceId,
    people.map(({ userId }) => userId),
  )
  const heard = new Map<string, (at: number) => void>()
  const ears = await Promise.all(
    people.map(async (person) => {
      const { stream } = await call<Me>(person, '/api/me')
      const ear = await openEar(stack.realtimeUrl, person.token, PUBLIC_URL)
      await ear.join([{ stream: stream.id, ticket: stream.ticket, epoch: stream.epoch, after: stream.seq }])
      ear.onFacts = (frame) => {
        if (frame.includes('"notification.created"')) heard.get(person.userId)?.(performance.now())
      }
      return ear
    }),
  )
  const times: number[] = []
  const answers: number[] = []
  for (let n = 0; n < ALERTS; n++) {
    const { userId } = people[n % people.length]!
    const taskId = board.taskIds.flat()[Math.floor(n / people.length)]!
    const told = new Promise<number>((resolve) => heard.set(userId, resolve))
    const started = performance.now()
    await call(ada, `/api/tasks/${taskId}/assignees/${userId}`, 'PUT')
    answers.push(performance.now() - started)
    times.push((await told) - started)
    await delay(10)
  }
  for (const ear of ears) ear.close()
  return { connected: CONNECTED, alerts: ALERTS, toAlert: percentiles(times), toAnswer: percentiles(answers) }
}

/** One comment on a task that a thousand people watch: the answer, and the last of them told. */
async function comments(stack: Stack, database: pg.Client, ada: Person, workspaceId: string, board: BenchBoard) {
  const watchers = Array.from({ length: WATCHERS }, () => newId())
  await database.query(
    `insert into auth_user (id, name, email) select id, 'Watcher', id || '@example.org' from unnest($1::uuid[]) id`,
    [watchers],
  )
  await join(database, workspaceId, watchers)
  const taskId = board.taskIds[1]![0]!
  await database.query('update task set watcher_ids = $2 where id = $1', [taskId, watchers])
  const redis = createClient({ url: stack.redisUrl })
  await redis.connect()
  const told = new Set<string>()
  let everybody = () => {}
  await redis.pSubscribe('stream:u:*', (text, channel) => {
    if (text.includes('"notification.created"')) told.add(channel)
    if (told.size === WATCHERS) everybody()
  })
  const answers: number[] = []
  const last: number[] = []
  for (let n = 0; n < COMMENTS; n++) {
    told.clear()
    const all = new Promise<void>((resolve) => (everybody = resolve))
    const started = performance.now()
    await call(ada, `/api/tasks/${taskId}/comments`, 'POST', { body: `For all of you, ${n}` })
    answers.push(performance.now() - started)
    await all
    last.push(performance.now() - started)
    await delay(500)
  }
  redis.destroy()
  return { watchers: WATCHERS, toAnswer: percentiles(answers), toLast: percentiles(last) }
}

/** Writes at a steady pace, without and with as many reminders falling due as fill an hour with a hundred thousand. */
async function reminders(
  stack: Stack,
  database: pg.Client,
  ada: Person,
  workspaceId: string,
  board: BenchBoard,
  seconds: number,
) {
  const taskIds = board.taskIds[2]!
  let n = 0
  const next = () => ({
    method: 'PATCH',
    path: `/api/tasks/${taskIds[n++ % taskIds.length]}`,
    body: { title: `At work ${n}` },
  })
  const span = Math.max(30, seconds)
  const writes = () => load(stack.url, { token: ada.token, inFlight: 2, seconds: span, next })
  await writes()
  const without = await writes()
  const due = Math.round(REMINDERS_PER_SECOND * span)
  const people = Array.from({ length: due }, () => newId())
  await database.query(
    `insert into auth_user (id, name, email) select id, 'Reminded', id || '@example.org' from unnest($1::uuid[]) id`,
    [people],
  )
  await join(database, workspaceId, people)
  await database.query('update task set assignee_ids = $2 where id = $1', [board.taskIds[0]![5], people])
  await database.query(
    `insert into reminder (id, workspace_id, task_id, user_id, kind, own, wanted_at, moment, at)
     select gen_random_uuid(), $1, $2, id, 'custom', true, at, at, at
     from (select id, now() + make_interval(secs => n * $4::float8 / $5) as at
           from unnest($3::uuid[]) with ordinality as people(id, n)) due`,
    [workspaceId, board.taskIds[0]![5], people, span, due],
  )
  const during = await writes()
  return { perHour: REMINDERS, seconds: span, due, fired: await firedOf(database, due), without, during }
}

/** The sweep comes every twenty seconds: the last ones may still be waiting for it. */
async function firedOf(database: pg.Client, due: number): Promise<number> {
  for (let waited = 0; ; waited++) {
    const { rows } = await database.query<{ fired: number }>(
      'select count(*)::int as fired from reminder where fired_at is not null',
    )
    if (rows[0]!.fired >= due || waited === 60) return rows[0]!.fired
    await delay(500)
  }
}

const join = (database: pg.Client, workspaceId: string, userIds: string[]) =>
  database.query(
    `insert into workspace_member (workspace_id, user_id, role) select $1, id, 'member' from unnest($2::uuid[]) id`,
    [workspaceId, userIds],
  )
