import { once } from 'node:events'
import { channelOfStream } from '@taskflow/shared/names.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createClient } from 'redis'
import { redisForTest } from '@taskflow/tools/stores.ts'
import { startCableTo } from '@taskflow/tools/testing/cable.ts'
import pg from 'pg'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  addTask,
  expectRefused,
  factsAfter,
  foundTeam,
  send,
  snapshotOf,
  sqlAsOwner,
  type Team,
} from '../testing/boards.ts'
import { signInElsewhere } from '../testing/person.ts'
import { until } from '../testing/until.ts'

const test = suite('the relay')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
})
test.after(() => app.close())

async function listenTo(stream: string, url = app.redis.url) {
  // Where Redis goes away, this one is back before anybody who publishes.
  const client = createClient({ url, socket: { reconnectStrategy: 10 } })
  client.on('error', () => {})
  await client.connect()
  const heard: string[] = []
  const ears = new EventTarget()
  await client.subscribe(channelOfStream(stream), (text) => {
    heard.push(text)
    ears.dispatchEvent(new Event('heard'))
  })
  return {
    heard,
    async next() {
      if (heard.length === 0) await once(ears, 'heard')
      return heard.shift()!
    },
    close: () => client.destroy(),
  }
}

test('what is published is to the letter what catching up tells', async () => {
  const listener = await listenTo(`b:${team.boardId}`)
  const { stream } = await snapshotOf(team.owner, team.boardId)
  const headers = {
    'idempotency-key': 'say "it" once',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  }
  await team.owner.fetch(`/api/boards/${team.boardId}/tasks`, {
    method: 'POST',
    body: { title: 'Zoë says "hi" \\ 🎉' },
    headers,
  })
  const published = await listener.next()
  const told = await team.owner.fetch(`/api/streams/${stream.id}/events?epoch=${stream.epoch}&after=${stream.seq}`)
  assert.equal(await told.text(), `{"epoch":"${stream.epoch}","head":${stream.seq + 1},"events":[${published}]}`)
  listener.close()
})

test('a trace that is none is not passed on', async () => {
  const { stream } = await snapshotOf(team.owner, team.boardId)
  await team.owner.fetch(`/api/boards/${team.boardId}/tasks`, {
    method: 'POST',
    body: { title: 'Traced' },
    headers: { traceparent: 'x'.repeat(3000) },
  })
  const answer = await team.owner.fetch(`/api/streams/${stream.id}/events?epoch=${stream.epoch}&after=${stream.seq}`)
  const { events } = (await answer.json()) as { events: { trace?: string }[] }
  assert.deepEqual(
    events.map(({ trace }) => trace),
    [undefined],
  )
})

test('a fact that was committed and never published is published within a second', async () => {
  const listener = await listenTo(`b:${team.boardId}`)
  await sqlAsOwner(app, RECORD_ALONE, [`{${team.workspaceId}}`, `b:${team.boardId}`, team.workspaceId])
  const at = performance.now()
  assert.match(await listener.next(), /"name":"Killed"/)
  assert.ok(performance.now() - at < 15_000)
  listener.close()
})

test('a position that is none is refused, not taken for the beginning', async () => {
  const { stream } = await snapshotOf(team.owner, team.boardId)
  for (const after of ['', ' ', '0x1', '-1', '1.5', '1e3'])
    await expectRefused(
      [team.owner, 'GET', `/api/streams/${stream.id}/events?epoch=${stream.epoch}&after=${encodeURIComponent(after)}`],
      400,
    )
})

/** Committed by a process that then dies. */
const RECORD_ALONE = `
  with entered as (select set_config('app.workspaces', $1, true))
  select record_facts(gen_random_uuid(), '{"kind":"system","id":null,"name":"Killed"}', null, null, array[$2], array[$3::uuid],
    array['board.updated'], array[null::uuid], array['{}'], '{}', null, null, null, null, null) from entered`

test('a held call answers as soon as there is something', async () => {
  const { stream } = await snapshotOf(team.owner, team.boardId)
  const held = team.member.fetch(`/api/streams/${stream.id}/events?epoch=${stream.epoch}&after=${stream.seq}&wait=20`)
  const task = await addTask(team.owner, team.boardId, { title: 'At last' })
  const { events } = (await (await held).json()) as { events: { data: { id: string } }[] }
  assert.equal(events[0]!.data.id, task.id)
})

test('a held call of somebody who loses the board meanwhile tells nothing', async () => {
  await send(team.owner, 'PUT', `/api/boards/${team.boardId}/members/${team.guest.userId}`, {})
  const { stream } = await snapshotOf(team.guest, team.boardId)
  const held = team.guest.fetch(`/api/streams/${stream.id}/events?epoch=${stream.epoch}&after=${stream.seq}&wait=20`)
  await send(team.owner, 'DELETE', `/api/boards/${team.boardId}/members/${team.guest.userId}`)
  assert.equal((await held).status, 404)
})

test('a held call of a session that ends meanwhile tells nothing', async () => {
  const leaving = await signInElsewhere(app.url, team.member)
  const { stream } = await snapshotOf(leaving, team.boardId)
  const { relay } = app.deps
  const { movedBeyond } = relay
  const waiting = Promise.withResolvers<void>()
  relay.movedBeyond = (...wanted) => {
    waiting.resolve()
    relay.movedBeyond = movedBeyond
    return movedBeyond(...wanted)
  }
  const held = leaving.fetch(`/api/streams/${stream.id}/events?epoch=${stream.epoch}&after=${stream.seq}&wait=20`)
  await waiting.promise
  await send(leaving, 'GET', '/api/me')
  assert.equal((await leaving.browse('/api/auth/sign-out', { method: 'POST' })).status, 200)
  await addTask(team.owner, team.boardId, { title: 'After the end' })
  assert.equal((await held).status, 401)
})

test('whoever loses the board while facts are being read for them gets none that came after', async () => {
  await send(team.owner, 'PUT', `/api/boards/${team.boardId}/members/${team.guest.userId}`, {})
  const { stream } = await snapshotOf(team.guest, team.boardId)
  const client = new pg.Client(app.database.url)
  await client.connect()
  await client.query('begin')
  await client.query('lock table board_member in access exclusive mode')
  const reading = team.guest.fetch(`/api/streams/${stream.id}/events?epoch=${stream.epoch}&after=${stream.seq}`)
  await until(async () => (await client.query(IS_WAITED_FOR)).rowCount)
  await client.query('delete from board_member where board_id = $1 and user_id = $2', [team.boardId, team.guest.userId])
  await client.query(RECORD_ALONE, [`{${team.workspaceId}}`, stream.id, team.workspaceId])
  await client.query('commit')
  await client.end()
  assert.deepEqual(((await (await reading).json()) as { events: unknown[] }).events, [])
})

const IS_WAITED_FOR = 'select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))'

test('a held call is answered while Redis is silent although its connection looks alive', async () => {
  const server = await redisForTest()
  const { port, hostname } = new URL(server.url)
  const cable = await startCableTo(Number(port), hostname)
  const alone = await createTestApp({ REDIS_URL: `redis://${cable.host}` })
  const { owner, boardId } = await foundTeam(alone)
  const { stream } = await snapshotOf(owner, boardId)
  const { publisher, subscriber } = alone.deps.redis
  await until(() => publisher.isReady && subscriber.isReady)
  const noticed: string[] = []
  publisher.on('error', () => noticed.push('publisher'))
  subscriber.on('error', () => noticed.push('subscriber'))
  cable.cut()
  const held = owner.fetch(`/api/streams/${stream.id}/events?epoch=${stream.epoch}&after=${stream.seq}&wait=20`)
  await send(owner, 'GET', '/api/me')
  await addTask(owner, boardId, { title: 'Said to nobody' })
  const { events } = (await (await held).json()) as { events: unknown[] }
  assert.equal(events.length, 1)
  assert.deepEqual(noticed, [])
  await alone.close()
  cable.close()
  await server.close()
})

test('a held call answers what is written while Redis is away, and when Redis is back all of it is published', async () => {
  const alone = await createTestApp()
  const { owner, boardId } = await foundTeam(alone)
  const { stream } = await snapshotOf(owner, boardId)
  const port = Number(new URL(alone.redis.url).port)
  const listener = await listenTo(stream.id, alone.redis.url)
  await alone.redis.close()
  await until(async () => !alone.deps.redis.publisher.isReady)
  const startedAt = performance.now()
  const held = owner.fetch(`/api/streams/${stream.id}/events?epoch=${stream.epoch}&after=${stream.seq}&wait=20`)
  const task = await addTask(owner, boardId, { title: 'Nobody can be told' })
  const { events } = (await (await held).json()) as { events: { seq: number; data: { id: string } }[] }
  assert.equal(events[0]!.data.id, task.id)
  assert.ok(performance.now() - startedAt < 15_000)
  const redis = await redisForTest({ port })
  assert.ok((await listener.next()).includes(`"seq":${events[0]!.seq}`))
  listener.close()
  await alone.close()
  await redis.close()
})

test('a page ends where its facts are large, and asking on brings all of them', async () => {
  const { stream } = await snapshotOf(team.owner, team.boardId)
  const task = await addTask(team.owner, team.boardId, { title: 'Large' })
  for (const end of ['one', 'two', 'three']) {
    await send(team.owner, 'PATCH', `/api/tasks/${task.id}`, { description: '\u0001'.repeat(90_000) + end })
  }
  const pages: number[] = []
  for (let seq = stream.seq; seq < stream.seq + 4; seq += pages.at(-1)!) {
    const facts = await factsAfter(team.owner, stream.id, { ...stream, seq })
    assert.equal(facts[0]?.seq, seq + 1)
    pages.push(facts.length)
  }
  assert.deepEqual(pages, [2, 1, 1])
})

test('a position of another epoch, or beyond the head, is gone', async () => {
  const { stream } = await snapshotOf(team.owner, team.boardId)
  for (const query of [`epoch=other&after=1`, `epoch=${stream.epoch}&after=${stream.seq + 1}`]) {
    const answer = await team.owner.fetch(`/api/streams/${stream.id}/events?${query}`)
    assert.equal(answer.status, 410)
    assert.equal(((await answer.json()) as { code: string }).code, 'streams.gone')
  }
})

test('a stream is heard by those who may read it, and there is none for the others', async () => {
  const ticket = (who: keyof Pick<Team, 'owner' | 'member' | 'guest' | 'stranger'>, stream: string) =>
    team[who].fetch(`/api/streams/${stream}/ticket`).then((answer) => answer.status)
  assert.equal(await ticket('member', `b:${team.boardId}`), 200)
  assert.equal(await ticket('member', `w:${team.workspaceId}`), 200)
  assert.equal(await ticket('member', `u:${team.member.userId}`), 200)
  assert.equal(await ticket('member', `u:${team.owner.userId}`), 404)
  assert.equal(await ticket('guest', `w:${team.workspaceId}`), 404)
  assert.equal(await ticket('stranger', `b:${team.boardId}`), 404)
  assert.equal(await ticket('stranger', `w:${team.workspaceId}`), 404)
  assert.equal(await ticket('owner', 'b:nonsense'), 404)
})

test('an unchanged board is answered by 304 to who has it, and 404 to who lost it', async () => {
  const first = await team.member.fetch(`/api/boards/${team.boardId}`)
  const headers = { 'if-none-match': first.headers.get('etag')! }
  assert.equal((await team.member.fetch(`/api/boards/${team.boardId}`, { headers })).status, 304)
  assert.equal((await team.stranger.fetch(`/api/boards/${team.boardId}`, { headers })).status, 404)
  await addTask(team.owner, team.boardId, { title: 'Changed' })
  assert.equal((await team.member.fetch(`/api/boards/${team.boardId}`, { headers })).status, 200)
})

test.run()
