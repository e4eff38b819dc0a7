import { assert, suite } from '@taskflow/tools/suite.ts'
import {
  addTask,
  type Answer,
  factsAfter,
  foundTeam,
  type Person,
  positionsOf,
  signUp,
  snapshotOf,
} from './testing/person.ts'
import { type Team, ticketOf, uuid } from './testing/person.ts'
import { type Opened, openStack } from './testing/stack.ts'

const test = suite('contract: writing')
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

const boardStream = () => `b:${team.boardId}`
const create = (body: object, key?: string) =>
  ada.call('POST', `/api/boards/${team.boardId}/tasks`, { columnId: team.columns[0].id, ...body }, headersFor(key))
const headersFor = (key?: string): Record<string, string> => (key === undefined ? {} : { 'idempotency-key': key })

test('every write says at which position its fact stands', async () => {
  const task = await addTask(ada, team, 'Everywhere')
  const { id: labelId } = await ada.act('POST', `/api/workspaces/${team.workspaceId}/labels`, { name: 'Red' })
  const path = `/api/tasks/${task.id}`
  const writes: [method: string, path: string, body: unknown, stream: string][] = [
    ['POST', `/api/boards/${team.boardId}/tasks`, { title: 'More' }, boardStream()],
    ['PATCH', path, { title: 'Renamed' }, boardStream()],
    ['PUT', `${path}/position`, { columnId: team.columns[1].id }, boardStream()],
    ['PUT', `${path}/assignees/${bob.id}`, undefined, boardStream()],
    ['DELETE', `${path}/assignees/${bob.id}`, undefined, boardStream()],
    ['PUT', `${path}/labels/${labelId}`, undefined, boardStream()],
    ['DELETE', `${path}/labels/${labelId}`, undefined, boardStream()],
    ['PUT', `${path}/closed`, undefined, boardStream()],
    ['DELETE', `${path}/closed`, undefined, boardStream()],
    ['POST', `${path}/comments`, { body: 'Well done' }, boardStream()],
    ['POST', `/api/boards/${team.boardId}/columns`, { name: 'Review' }, boardStream()],
    ['PATCH', `/api/columns/${team.columns[1].id}`, { name: 'In work' }, boardStream()],
    ['PUT', `/api/columns/${team.columns[1].id}/position`, { before: null }, boardStream()],
    ['PATCH', `/api/boards/${team.boardId}`, { name: 'Site' }, boardStream()],
    ['DELETE', path, undefined, boardStream()],
    ['PATCH', `/api/workspaces/${team.workspaceId}`, { name: 'Acme Ltd' }, `w:${team.workspaceId}`],
    ['POST', `/api/workspaces/${team.workspaceId}/labels`, { name: 'Blue' }, `w:${team.workspaceId}`],
    ['POST', `/api/workspaces/${team.workspaceId}/boards`, { name: 'Second' }, `w:${team.workspaceId}`],
  ]
  for (const [method, path, body, stream] of writes) {
    const before = await ticketOf(ada, stream)
    const answer = await ada.call(method, path, body)
    assert.ok(answer.status < 300, `${method} ${path} → ${answer.status} ${answer.text}`)
    assert.match(answer.headers.get('stream-position') ?? '', /^([bwu]:[0-9a-f-]{36}=\d+)(, [bwu]:[0-9a-f-]{36}=\d+)*$/)
    const position = positionsOf(answer)[stream]
    assert.equal(position, before.seq + 1, `${method} ${path}: ${answer.headers.get('stream-position')}`)
    const [fact] = (await factsAfter(ada, before)).events
    assert.equal(fact!.seq, position)
  }
})

test('founding a workspace, inviting and accepting tell their positions too', async () => {
  const founded = await ada.call('POST', '/api/workspaces', { name: 'New' })
  assert.ok(positionsOf(founded)[`w:${founded.body.id}`]! > 0)
  const wish = { email: bob.email, role: 'member' }
  const invited = await ada.call('POST', `/api/workspaces/${founded.body.id}/invitations`, wish)
  assert.ok(invited.status < 300 && typeof invited.body.token === 'string' && typeof invited.body.url === 'string')
  const accepted = await bob.call('POST', `/api/invitations/${invited.body.token}/accept`)
  assert.ok(positionsOf(accepted)[`w:${founded.body.id}`]! > 0, accepted.text)
})

test('a key that comes again gets the stored answer, byte for byte, and writes nothing', async () => {
  const [key, before] = [uuid(), await ticketOf(ada, boardStream())]
  const first = await create({ title: 'Once' }, key)
  const second = await create({ title: 'Once' }, key)
  assert.equal(first.headers.get('idempotent-replayed'), null)
  assert.equal(second.headers.get('idempotent-replayed'), 'true')
  assert.deepEqual([second.status, second.text], [201, first.text])
  assert.equal(second.headers.get('stream-position'), first.headers.get('stream-position'))
  assert.equal(second.headers.get('content-type'), first.headers.get('content-type'))
  const { events } = await factsAfter(ada, before)
  assert.deepEqual(
    events.map(({ mutation }) => mutation),
    [key],
  )
})

test('an answer without a body is repeated as well', async () => {
  const [task, key] = [await addTask(ada, team, 'To go'), uuid()]
  const remove = () => ada.call('DELETE', `/api/tasks/${task.id}`, undefined, headersFor(key))
  const [first, second] = [await remove(), await remove()]
  assert.deepEqual([first.status, second.status], [204, 204])
  assert.equal(second.headers.get('idempotent-replayed'), 'true')
  assert.deepEqual(positionsOf(second), positionsOf(first))
})

test('the same key with another body, or at another address, is 422', async () => {
  const key = uuid()
  const { body: task } = await create({ title: 'One' }, key)
  for (const other of [
    await create({ title: 'Two' }, key),
    await ada.call('PATCH', `/api/tasks/${task.id}`, { title: 'One' }, headersFor(key)),
  ]) {
    assert.deepEqual([other.status, other.body.code], [422, 'idempotency.mismatch'])
  }
})

test('a key belongs to one person: another may use the same', async () => {
  const key = uuid()
  await create({ title: 'Of Ada' }, key)
  const path = `/api/boards/${team.boardId}/tasks`
  const answer = await bob.call('POST', path, { title: 'Of Bob' }, headersFor(key))
  assert.deepEqual([answer.status, answer.body.title], [201, 'Of Bob'])
})

test('twenty at once with one key make one thing; who comes too early is told to wait', async () => {
  const [key, before] = [uuid(), await ticketOf(ada, boardStream())]
  const answers = await Promise.all(Array.from({ length: 20 }, () => create({ title: 'Contested' }, key)))
  const done = answers.filter(({ status }) => status === 201)
  const early = answers.filter(({ status }) => status === 409)
  assert.equal(done.length + early.length, 20)
  assert.ok(done.length > 0)
  assert.equal(new Set(done.map(({ text }) => text)).size, 1)
  assert.equal(done.filter(({ headers }) => !headers.get('idempotent-replayed')).length, 1)
  assert.ok(early.every(({ body }) => body.code === 'idempotency.in_progress'))
  assert.equal((await factsAfter(ada, before)).events.length, 1)
})

test('a key longer than 255 characters, or none at all in it, is refused', async () => {
  for (const key of ['x'.repeat(256), '']) assert.equal((await create({ title: 'x' }, key)).status, 400)
  assert.equal((await create({ title: 'x' }, uuid().padEnd(255, 'x'))).status, 201)
})

test('what was refused is not stored: the same key may be used again', async () => {
  const key = uuid()
  assert.equal((await create({ title: '' }, key)).status, 400)
  assert.equal((await create({ title: 'Now with words' }, key)).status, 201)
})

test('clients choose ids, and a repeat is recognised by them', async () => {
  const [id, before] = [uuid(), await ticketOf(ada, boardStream())]
  const first = await create({ id, title: 'Mine' })
  const again = await create({ id, title: 'Again' })
  assert.deepEqual([first.body.id, again.body.id, again.body.title], [id, id, 'Mine'])
  assert.ok(positionsOf(again)[boardStream()]! >= positionsOf(first)[boardStream()]!)
  assert.equal((await factsAfter(ada, before)).events.length, 1)
  assert.equal((await create({ id: 'nonsense', title: 'x' })).status, 400)
  const elsewhere = await foundTeam(ada)
  assert.equal((await ada.call('POST', `/api/boards/${elsewhere.boardId}/tasks`, { id, title: 'x' })).status, 409)
})

test('comments, columns, labels, boards and workspaces take ids as well', async () => {
  const task = await addTask(ada, team, 'Parent')
  for (const [path, body] of [
    [`/api/tasks/${task.id}/comments`, { body: 'Hello' }],
    [`/api/boards/${team.boardId}/columns`, { name: 'C' }],
    [`/api/workspaces/${team.workspaceId}/labels`, { name: 'Green' }],
    [`/api/workspaces/${team.workspaceId}/boards`, { name: 'B' }],
    ['/api/workspaces', { name: 'W' }],
  ] as const) {
    const id = uuid()
    assert.equal((await ada.act('POST', path, { id, ...body })).id, id, path)
  }
})

test('two people who change different fields both win', async () => {
  const { id } = await addTask(ada, team, 'Both')
  const path = `/api/tasks/${id}`
  await Promise.all([ada.act('PATCH', path, { title: 'By Ada' }), bob.act('PATCH', path, { priority: 'high' })])
  const { title, priority } = await ada.act('GET', path)
  assert.deepEqual([title, priority], ['By Ada', 'high'])
})

test('facts carry the values themselves: each of them, applied again, changes nothing', async () => {
  const { id } = await addTask(ada, team, 'Absolute')
  const before = await ticketOf(ada, boardStream())
  await ada.act('PATCH', `/api/tasks/${id}`, { priority: 'low' })
  const [{ type, data }] = (await factsAfter(ada, before)).events as [any]
  assert.equal(type, 'task.updated')
  assert.deepEqual([data.id, data.priority], [id, 'low'])
  assert.ok(!('title' in data))
})

test('a text written over one that has changed is a conflict that brings the current text', async () => {
  const { id, version } = await addTask(ada, team, 'With words')
  const write = (person: Person, description: string, headers: Record<string, string>, more: object = {}) =>
    person.call('PATCH', `/api/tasks/${id}`, { description, ...more }, headers)
  const read = await bob.call('GET', `/api/tasks/${id}`)
  assert.match(read.headers.get('etag')!, new RegExp(`^(W/)?"${version}"$`))
  const first = await write(bob, 'by Bob', { 'if-match': read.headers.get('etag')! })
  assert.equal(first.status, 200)
  const isConflict = (answer: Answer) => {
    assert.deepEqual([answer.status, answer.body.code], [409, 'tasks.conflict'])
    assert.ok(JSON.stringify(answer.body).includes('by Bob'), answer.text)
  }
  isConflict(await write(ada, 'by Ada', { 'if-match': `"${version}"` }))
  isConflict(await write(ada, 'by Ada', {}, { version }))
  assert.equal((await ada.act('GET', `/api/tasks/${id}`)).description, 'by Bob')
  assert.equal((await write(ada, 'by Ada', { 'if-match': `"${first.body.version}"` })).status, 200)
  assert.equal((await write(ada, 'with no version', {})).status, 200)
})

test('a card is placed before or after a neighbour, at the top or at the end', async () => {
  const board = await foundTeam(ada)
  const ids: Record<string, string> = {}
  for (const title of ['A', 'B', 'C']) ids[title] = (await addTask(ada, board, title)).id
  const columnId = board.columns[0].id
  const order = async () => {
    const { tasks } = await snapshotOf(ada, board.boardId)
    const inColumn = tasks.filter((task) => task.columnId === columnId)
    return inColumn
      .toSorted((a, b) => (a.position < b.position ? -1 : 1))
      .map(({ title }) => title)
      .join('')
  }
  const put = (title: string, place: object) =>
    ada.act('PUT', `/api/tasks/${ids[title]}/position`, { columnId, ...place })
  assert.equal(await order(), 'ABC')
  await put('C', { before: ids.A })
  assert.equal(await order(), 'CAB')
  await put('C', { after: ids.A })
  assert.equal(await order(), 'ACB')
  await put('B', { after: null })
  assert.equal(await order(), 'BAC')
  await put('B', { before: null })
  assert.equal(await order(), 'ACB')
  await put('A', {})
  assert.equal(await order(), 'CBA')
  await put('A', { before: ids.A })
  assert.equal((await order()).length, 3)
})

test('a neighbour that has gone is no error: the nearest place is used', async () => {
  const [gone, card] = [await addTask(ada, team, 'Gone'), await addTask(ada, team, 'Card')]
  await ada.act('DELETE', `/api/tasks/${gone.id}`)
  for (const neighbour of [gone.id, uuid()]) {
    for (const side of ['before', 'after']) {
      const wish = { columnId: team.columns[0].id, [side]: neighbour }
      const answer = await ada.call('PUT', `/api/tasks/${card.id}/position`, wish)
      assert.equal(answer.status, 200, `${side}: ${answer.text}`)
      assert.equal(answer.body.columnId, team.columns[0].id)
    }
  }
})

test('a hundred moves to the same spot need no renumbering: only the moved card changes', async () => {
  const board = await foundTeam(ada)
  const [a, b, c] = [await addTask(ada, board, 'a'), await addTask(ada, board, 'b'), await addTask(ada, board, 'c')]
  const before = await ticketOf(ada, `b:${board.boardId}`)
  for (let n = 0; n < 100; n++) {
    const wish = { columnId: board.columns[0].id, after: a.id }
    await ada.act('PUT', `/api/tasks/${(n % 2 ? b : c).id}/position`, wish)
  }
  const { events } = await factsAfter(ada, before, '&limit=1000')
  assert.equal(events.length, 100)
  assert.ok(events.every(({ type, data }) => type === 'task.moved' && [b.id, c.id].includes(data.id)))
})

test('what is not there, not yours or no id at all is 404', async () => {
  const stranger = await signUp(stack.url, 'Eve')
  const task = await addTask(ada, team, 'Hidden')
  const asked: [Person, string, string, unknown?][] = [
    [stranger, 'GET', `/api/boards/${team.boardId}`],
    [stranger, 'GET', `/api/tasks/${task.id}`],
    [stranger, 'PATCH', `/api/tasks/${task.id}`, { title: 'x' }],
    [stranger, 'PUT', `/api/tasks/${task.id}/position`, { columnId: team.columns[0].id }],
    [stranger, 'DELETE', `/api/tasks/${task.id}`],
    [stranger, 'POST', `/api/boards/${team.boardId}/tasks`, { title: 'x', columnId: team.columns[0].id }],
    [ada, 'GET', `/api/tasks/${uuid()}`],
    [ada, 'PATCH', '/api/tasks/nonsense', { title: 'x' }],
    [ada, 'PATCH', `/api/tasks/${team.boardId}`, { title: 'x' }],
    [ada, 'GET', `/api/boards/${task.id}`],
  ]
  for (const [person, ...request] of asked) {
    const answer = await person.call(...request)
    assert.equal(answer.status, 404, `${person.name}: ${request.join(' ')} → ${answer.text}`)
    assert.equal(answer.headers.get('content-type'), 'application/problem+json')
    const { type, title, status, code, detail, requestId } = answer.body
    assert.ok(type && title && status === 404 && /^[a-z_]+\.[a-z_]+$/.test(code) && detail && requestId, answer.text)
  }
})

test.run()
