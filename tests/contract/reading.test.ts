import { assert, suite } from '@taskflow/tools/suite.ts'
import { request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import {
  addTask,
  bringIn,
  factsAfter,
  foundTeam,
  type Person,
  signUp,
  snapshotOf,
  type Team,
} from './testing/person.ts'
import { positionsOf, ticketOf, uuid } from './testing/person.ts'
import { type Opened, openStack } from './testing/stack.ts'

const test = suite('contract: reading')
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
let stack: Opened
let ada: Person
let bob: Person
let team: Team

test.before(async () => {
  stack = await openStack()
  ada = await signUp(stack.url, 'Ada')
  bob = await signUp(stack.url, 'Bob')
  team = await foundTeam(ada, [bob])
})
test.after(() => stack?.close())

const stream = () => `b:${team.boardId}`
const eventsPath = (id: string, query: Record<string, string | number>) =>
  `/api/streams/${id}/events?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]))}`

test('an envelope has the keys of the contract and no others', async () => {
  const before = await ticketOf(ada, stream())
  const [key, trace] = [uuid(), `00-${'4bf92f3577b34da6a3ce929d0e0e4736'}-00f067aa0ba902b7-01`]
  const headers = { 'idempotency-key': key, traceparent: trace }
  const path = `/api/boards/${team.boardId}/tasks`
  const { body } = await ada.call('POST', path, { title: 'Enveloped', columnId: team.columns[0].id }, headers)
  await ada.act('PATCH', `/api/tasks/${body.id}`, { title: 'Again' })
  const [full, bare] = (await factsAfter(ada, before)).events as [any, any]
  const required = ['stream', 'epoch', 'seq', 'txn', 'at', 'type', 'actor', 'data']
  assert.deepEqual(Object.keys(full).toSorted(), [...required, 'mutation', 'trace'].toSorted())
  assert.deepEqual(Object.keys(bare).toSorted(), required.toSorted())
  assert.deepEqual([full.stream, full.epoch, full.seq], [stream(), before.epoch, before.seq + 1])
  assert.match(full.txn, UUID)
  assert.match(full.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  assert.ok(Math.abs(Date.parse(full.at) - Date.now()) < 60_000)
  assert.deepEqual(full.actor, { kind: 'user', id: ada.id, name: 'Ada' })
  assert.deepEqual([full.type, full.mutation, full.trace], ['task.created', key, trace])
  assert.equal(full.data.id, body.id)
})

test('a snapshot holds the board, and stands at one position with a ticket to go on from', async () => {
  await addTask(ada, team, 'On the board')
  const { status, headers, body } = await bob.call('GET', `/api/boards/${team.boardId}`)
  assert.equal(status, 200)
  assert.deepEqual(Object.keys(body).toSorted(), ['board', 'columns', 'labels', 'members', 'stream', 'tasks'])
  assert.deepEqual(Object.keys(body.stream).toSorted(), ['epoch', 'id', 'seq', 'ticket'])
  assert.equal(body.stream.id, stream())
  assert.equal(headers.get('etag'), `"${body.stream.epoch}.${body.stream.seq}"`)
  assert.deepEqual(body.members.map(({ name }: { name: string }) => name).toSorted(), ['Ada', 'Bob'])
  const [, claims] = body.stream.ticket.split('.')
  const { sub, aud, stream: named, acl, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString())
  assert.deepEqual([sub, aud, named, typeof acl], [bob.id, 'stream', stream(), 'number'])
  const lifeS = exp - Date.now() / 1000
  assert.ok(lifeS > 0 && lifeS <= 600, `a ticket lives ${lifeS} s`)
})

test('a snapshot that one has is answered 304, one that has changed is not', async () => {
  const path = `/api/boards/${team.boardId}`
  const { headers } = await ada.call('GET', path)
  const etag = headers.get('etag')!
  const known = await ada.call('GET', path, undefined, { 'if-none-match': etag })
  assert.deepEqual([known.status, known.text, known.headers.get('etag')], [304, '', etag])
  assert.equal((await ada.call('GET', path, undefined, { 'if-none-match': `"other", ${etag}` })).status, 304)
  await addTask(ada, team, 'News')
  const changed = await ada.call('GET', path, undefined, { 'if-none-match': etag })
  assert.equal(changed.status, 200)
  assert.notEqual(changed.headers.get('etag'), etag)
})

test('a snapshot knows exactly the writes up to its position, also while others write', async () => {
  const board = await foundTeam(ada)
  const start = await ticketOf(ada, `b:${board.boardId}`)
  let writing = true
  const write = async () => {
    while (writing) await addTask(ada, board, 'More')
  }
  const writers = Promise.all([write(), write(), write()])
  const seen: { seq: number; count: number }[] = []
  const positions = () => new Set(seen.map(({ seq }) => seq)).size
  // However slowly the others write beside it.
  for (let n = 0; n < 40 || (positions() < 5 && n < 5_000); n++) {
    const { stream, tasks } = await snapshotOf(ada, board.boardId)
    seen.push({ seq: stream.seq, count: tasks.length })
  }
  writing = false
  await writers
  for (const { seq, count } of seen) assert.equal(count, seq - start.seq)
  assert.ok(positions() >= 5)
})

test('the facts of a stream are 1, 2, 3 … in the order of the commits, in pages', async () => {
  const board = await foundTeam(ada)
  const id = `b:${board.boardId}`
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      ada.call('POST', `/api/boards/${board.boardId}/tasks`, { title: `${n}`, columnId: board.columns[0].id }),
    ),
  )
  const { epoch, seq: head } = await ticketOf(ada, id)
  const facts = []
  for (let after = 0; after < head;) {
    const page = await factsAfter(ada, { id, epoch, seq: after }, '&limit=7')
    assert.equal(page.head, head)
    assert.ok(page.events.length > 0 && page.events.length <= 7)
    facts.push(...page.events)
    after = facts.length
  }
  assert.deepEqual(
    facts.map(({ seq }) => seq),
    Array.from({ length: head }, (_, n) => n + 1),
  )
  assert.deepEqual((await factsAfter(ada, { id, epoch, seq: 0 }, '&limit=100000')).events, facts)
  for (const answer of answers) assert.equal(facts[positionsOf(answer)[id]! - 1]!.data.title, answer.body.title)
  assert.deepEqual(await factsAfter(ada, { id, epoch, seq: head }), { epoch, head, events: [] })
})

test('a position that is not known, or of another epoch, is 410', async () => {
  const { epoch, seq } = await ticketOf(ada, stream())
  for (const query of [
    { epoch: 'another', after: seq },
    { epoch, after: seq + 1 },
    { epoch, after: seq + 1_000_000, wait: 5 },
  ] as Record<string, string | number>[]) {
    const answer = await ada.call('GET', eventsPath(stream(), query))
    assert.deepEqual([answer.status, answer.body.code], [410, 'streams.gone'], JSON.stringify(query))
  }
})

test('an impossible query is 400 and names what is wrong', async () => {
  const { epoch } = await ticketOf(ada, stream())
  for (const query of [
    { epoch, after: -1 },
    { epoch, after: 'x' },
    { epoch, after: 0, limit: 0 },
    { epoch, after: 0, wait: 26 },
    { after: 0 },
  ] as Record<string, string | number>[]) {
    const answer = await ada.call('GET', eventsPath(stream(), query))
    assert.equal(answer.status, 400, JSON.stringify(query))
    assert.ok(answer.body.errors[0].path)
  }
})

test('a call that waits is answered with the fact as soon as there is one', async () => {
  const { epoch, seq } = await ticketOf(ada, stream())
  const started = performance.now()
  const waiting = ada.call('GET', eventsPath(stream(), { epoch, after: seq, wait: 20 }))
  await delay(300)
  const { id } = await addTask(bob, team, 'Awaited')
  const { body } = await waiting
  const tookMs = performance.now() - started
  assert.deepEqual(
    body.events.map(({ data }: any) => data.id),
    [id],
  )
  assert.ok(tookMs >= 290 && tookMs < 15_000, `${tookMs} ms`)
})

test('a call that waits in vain is answered empty when its time is over', async () => {
  const { epoch, seq } = await ticketOf(ada, stream())
  const started = performance.now()
  const { body } = await ada.call('GET', eventsPath(stream(), { epoch, after: seq, wait: 1 }))
  assert.deepEqual(body, { epoch, head: seq, events: [] })
  assert.ok(performance.now() - started >= 950)
})

test('who loses the board while waiting is told nothing of what comes after', async () => {
  const eve = await signUp(stack.url, 'Eve')
  await bringIn(ada, team.workspaceId, eve)
  const { epoch, seq } = await ticketOf(eve, stream())
  const waiting = eve.call('GET', eventsPath(stream(), { epoch, after: seq, wait: 10 }))
  await delay(200)
  await ada.act('DELETE', `/api/workspaces/${team.workspaceId}/members/${eve.id}`)
  assert.equal((await waiting).status, 404)
})

test('a stream of others, of nobody, or with no such name is 404', async () => {
  const stranger = await signUp(stack.url, 'Sam')
  const { epoch } = await ticketOf(ada, stream())
  for (const [person, id] of [
    [stranger, stream()],
    [stranger, `w:${team.workspaceId}`],
    [stranger, `u:${ada.id}`],
    [ada, `u:${bob.id}`],
    [ada, `b:${uuid()}`],
    [ada, 'nonsense'],
    [ada, `b:${team.workspaceId}`],
  ] as const) {
    for (const path of [eventsPath(id, { epoch, after: 0 }), `/api/streams/${id}/ticket`]) {
      assert.equal((await person.call('GET', path)).status, 404, path)
    }
  }
})

test('/api/me names the person, the workspaces, what is unread, and where to listen', async () => {
  const { status, body } = await ada.call('GET', '/api/me')
  assert.equal(status, 200)
  assert.deepEqual([body.user.id, body.user.name, body.user.email], [ada.id, 'Ada', ada.email])
  assert.equal(typeof body.unread, 'number')
  assert.equal(body.stream.id, `u:${ada.id}`)
  const workspace = body.workspaces.find(({ id }: { id: string }) => id === team.workspaceId)
  assert.equal(workspace.stream.id, `w:${team.workspaceId}`)
  for (const position of [body.stream, workspace.stream]) {
    assert.deepEqual(Object.keys(position).toSorted(), ['epoch', 'id', 'seq', 'ticket'])
    assert.equal((await factsAfter(ada, position)).head, position.seq)
  }
})

test('a guest has no stream of the workspace, and hears the boards they were let into', async () => {
  const gus = await signUp(stack.url, 'Gus')
  await bringIn(ada, team.workspaceId, gus, 'guest')
  const { workspaces } = await gus.act('GET', '/api/me')
  assert.equal(workspaces.find(({ id }: { id: string }) => id === team.workspaceId).stream, null)
  assert.equal((await gus.call('GET', `/api/streams/w:${team.workspaceId}/ticket`)).status, 404)
  assert.equal((await gus.call('GET', `/api/streams/${stream()}/ticket`)).status, 404)
  await ada.act('PUT', `/api/boards/${team.boardId}/members/${gus.id}`, { role: 'viewer' })
  assert.ok((await ticketOf(gus, stream())).ticket)
})

test('without a session there is nothing to read', async () => {
  for (const path of ['/api/me', `/api/boards/${team.boardId}`, eventsPath(stream(), { epoch: 'x', after: 0 })]) {
    assert.equal((await fetch(stack.url + path)).status, 401, path)
    const headers = { authorization: 'Bearer nonsense' }
    assert.equal((await fetch(stack.url + path, { headers })).status, 401, path)
  }
})

test('nothing of the inside can be reached from outside', async () => {
  for (const path of [
    `/internal/streams/${stream()}/events?epoch=x&after=0`,
    '/internal/revocations',
    '/internal/heads',
    '/internal',
    '/internal/',
    '//internal/heads',
    '/./internal/heads',
    '/%69nternal/heads',
    '/INTERNAL/heads',
    '/api/../internal/heads',
    '/api/%2e%2e/internal/heads',
    '/api//internal/heads',
    '/ws/../internal/heads',
  ]) {
    for (const method of ['GET', 'POST']) {
      const { status, text } = await rawCall(stack.url, method, path, ada.token)
      assert.ok(status >= 400, `${method} ${path} → ${status}`)
      assert.doesNotMatch(text, /"(heads|revocations|events)"|internal\.unauthenticated/, `${method} ${path}`)
    }
  }
  assert.notEqual((await rawCall(stack.url, 'GET', '/metrics', ada.token)).status, 200)
})

test.run()

/** As written: `fetch` would tidy the path up before it leaves. */
function rawCall(url: string, method: string, path: string, token: string) {
  const { hostname, port } = new URL(url)
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const call = request({ hostname, port, method, path, headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => (text += chunk)).on('end', () => resolve({ status: answer.statusCode!, text }))
    })
    call.on('error', reject).end(method === 'POST' ? '{"streams":[]}' : undefined)
  })
}
