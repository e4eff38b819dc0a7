import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
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

const test = suite('writing to streams')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
})
test.after(() => app.close())

const START = { epoch: '', seq: 0 }
const inParallel = <T>(count: number, act: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => act(i)))

async function factsOf(boardId: string): Promise<Envelope[]> {
  const { stream } = await snapshotOf(team.owner, boardId)
  return factsAfter(team.owner, boardStream(boardId), { ...START, epoch: stream.epoch })
}

const seqs = (facts: Envelope[]) => facts.map((fact) => fact.seq)
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

test('fifty writers on one board leave a sequence without gap or duplicate, in commit order', async () => {
  const task = await addTask(team.owner, team.boardId, { title: 'Everybody writes here' })
  const before = (await factsOf(team.boardId)).length
  await inParallel(50, (i) => send(team.owner, 'PATCH', `/api/tasks/${task.id}`, { title: `Writer ${i}` }))
  const facts = await factsOf(team.boardId)
  assert.equal(facts.length, before + 50)
  assert.deepEqual(seqs(facts), upTo(facts.length))
  const versions = facts
    .filter((fact) => fact.type === 'task.updated')
    .map((fact) => (fact.data as { version: number }).version)
  assert.deepEqual(versions, upTo(51).slice(1))
  const times = facts.map((fact) => fact.at)
  assert.deepEqual(times, times.toSorted())
})

test('fifty writers on many boards, amid acts that are told to all of them, leave no gap and no double anywhere', async () => {
  const boards = await inParallel(8, (i) =>
    send<{ id: string }>(team.owner, 'POST', `/api/workspaces/${team.workspaceId}/boards`, { name: `Board ${i}` }),
  )
  const before = await Promise.all(boards.map(async ({ id }) => (await factsOf(id)).length))
  await inParallel(50, async (i) => {
    const task = await addTask(team.owner, boards[i % 8]!.id, { title: `By writer ${i}` })
    if (i % 5 === 0)
      await send(team.admin, 'POST', `/api/workspaces/${team.workspaceId}/labels`, { name: `Label ${i}` })
    await send(team.owner, 'PATCH', `/api/tasks/${task.id}`, { title: `Again by writer ${i}` })
  })
  for (const [i, { id }] of boards.entries()) {
    const facts = await factsOf(id)
    const byWriters = 2 * Math.ceil((50 - i) / 8)
    assert.equal(facts.length, before[i]! + byWriters + 10)
    assert.deepEqual(seqs(facts), upTo(facts.length))
    assert.equal(new Set(facts.map(({ txn }) => txn)).size, facts.length)
  }
  const [{ deadlocks } = {}] = await sqlAsOwner<{ deadlocks: number }>(app, DEADLOCKS)
  assert.equal(deadlocks, 0)
})

const DEADLOCKS = 'select deadlocks::int from pg_stat_database where datname = current_database()'

test('an answer names the position at which its own fact stands', async () => {
  const answers = await inParallel(20, async (i) => {
    const answer = await team.owner.fetch(`/api/boards/${team.boardId}/tasks`, {
      method: 'POST',
      body: { title: `New ${i}` },
    })
    const { id } = (await answer.json()) as { id: string }
    return { id, position: answer.headers.get('stream-position') }
  })
  const facts = await factsOf(team.boardId)
  for (const { id, position } of answers) {
    const fact = facts.find((one) => one.type === 'task.created' && (one.data as { id: string }).id === id)
    assert.equal(position, `b:${team.boardId}=${fact?.seq}`)
  }
})

test('a write that changes nothing adds no fact, and still says where the stream stands', async () => {
  const task = await addTask(team.owner, team.boardId, { title: 'Same' })
  const { stream } = await snapshotOf(team.owner, team.boardId)
  const answer = await team.owner.fetch(`/api/tasks/${task.id}`, { method: 'PATCH', body: { title: 'Same' } })
  assert.equal(answer.headers.get('stream-position'), `${stream.id}=${stream.seq}`)
})

test('the same request sent twenty times at once is done once, and is answered the same or told to wait', async () => {
  const body = { title: 'Only once' }
  const headers = { 'idempotency-key': 'twenty-times' }
  const sendIt = () => team.owner.fetch(`/api/boards/${team.boardId}/tasks`, { method: 'POST', body, headers })
  const answers = await inParallel(20, sendIt)
  const texts = await Promise.all(answers.map((answer) => answer.text()))
  const done = answers.flatMap((answer, i) => (answer.status === 201 ? [texts[i]!] : []))
  assert.ok(done.length >= 1)
  assert.equal(new Set(done).size, 1)
  assert.equal(
    answers.filter((answer) => answer.status === 201 && !answer.headers.has('idempotent-replayed')).length,
    1,
  )
  for (const [i, answer] of answers.entries()) {
    if (answer.status !== 201) assert.equal(JSON.parse(texts[i]!).code, 'idempotency.in_progress')
  }
  const again = await sendIt()
  assert.equal(again.headers.get('idempotent-replayed'), 'true')
  assert.equal(
    again.headers.get('stream-position'),
    answers.find((answer) => answer.status === 201)!.headers.get('stream-position'),
  )
  assert.equal(await again.text(), done[0])
  const made = (await snapshotOf(team.owner, team.boardId)).tasks.filter((task) => task.title === 'Only once')
  assert.equal(made.length, 1)
})

test('one key for two different requests is refused, and one key of two people is two keys', async () => {
  const path = `/api/boards/${team.boardId}/tasks`
  const headers = { 'idempotency-key': 'shared-key' }
  const first = await team.owner.fetch(path, { method: 'POST', body: { title: 'A' }, headers })
  const other = await team.owner.fetch(path, { method: 'POST', body: { title: 'B' }, headers })
  const foreign = await team.member.fetch(path, { method: 'POST', body: { title: 'B' }, headers })
  assert.equal(first.status, 201)
  assert.equal(other.status, 422)
  assert.equal(((await other.json()) as { code: string }).code, 'idempotency.mismatch')
  assert.equal(foreign.status, 201)
})

test('a refused request leaves its key free', async () => {
  const task = await addTask(team.owner, team.boardId, { title: 'Refuse, then take' })
  const headers = { 'idempotency-key': 'refused-first' }
  const refused = await team.guest.fetch(`/api/tasks/${task.id}`, { method: 'PATCH', body: { title: 'X' }, headers })
  assert.equal(refused.status, 404)
  await send(team.owner, 'PUT', `/api/boards/${team.boardId}/members/${team.guest.userId}`, { role: 'editor' })
  const taken = await team.guest.fetch(`/api/tasks/${task.id}`, { method: 'PATCH', body: { title: 'X' }, headers })
  assert.equal(taken.status, 200)
  await send(team.owner, 'DELETE', `/api/boards/${team.boardId}/members/${team.guest.userId}`)
})

test('an id that the client chose makes a repeat recognisable', async () => {
  const { id } = await addTask(team.owner, team.boardId, {
    title: 'Chosen',
    id: '019a9d1e-5f00-7000-8000-00000000abcd',
  })
  const again = await addTask(team.owner, team.boardId, { title: 'Chosen', id })
  assert.equal(again.number, (await send<{ number: number }>(team.owner, 'GET', `/api/tasks/${id}`)).number)
  const elsewhere = await send<{ id: string }>(team.stranger, 'POST', '/api/workspaces', { name: 'Theirs' })
  const [board] = await sqlAsOwner<{ id: string }>(app, 'select id from board where workspace_id = $1', [elsewhere.id])
  await expectRefused([team.stranger, 'POST', `/api/boards/${board!.id}/tasks`, { id, title: 'Taken' }], 409)
})

test('two people who edit different fields both win', async () => {
  const task = await addTask(team.owner, team.boardId, { title: 'Two hands' })
  await Promise.all([
    send(team.owner, 'PATCH', `/api/tasks/${task.id}`, { title: 'New title' }),
    send(team.member, 'PATCH', `/api/tasks/${task.id}`, { priority: 'high' }),
  ])
  const { title, priority } = await send<{ title: string; priority: string }>(
    team.owner,
    'GET',
    `/api/tasks/${task.id}`,
  )
  assert.deepEqual([title, priority], ['New title', 'high'])
})

test('a description written on a stale text is refused with the current one; a change elsewhere does not make it stale', async () => {
  const task = await addTask(team.owner, team.boardId, { title: 'Text', description: 'One' })
  await send(team.member, 'PATCH', `/api/tasks/${task.id}`, { title: 'Another title' })
  await send(team.owner, 'PATCH', `/api/tasks/${task.id}`, { description: 'Two', version: task.version })
  const stale = await team.member.fetch(`/api/tasks/${task.id}`, {
    method: 'PATCH',
    body: { description: 'Three' },
    headers: { 'if-match': `"${task.version}"` },
  })
  assert.equal(stale.status, 409)
  const problem = (await stale.json()) as { code: string; current: { description: string; version: number } }
  assert.equal(problem.code, 'tasks.conflict')
  assert.equal(problem.current.description, 'Two')
  await send(team.member, 'PATCH', `/api/tasks/${task.id}`, {
    description: 'Two and three',
    version: problem.current.version,
  })
})

test('a description written on a version that is yet to come is refused: nobody has seen the text that it replaces', async () => {
  const task = await addTask(team.owner, team.boardId, { title: 'Restored', description: 'From the backup' })
  const write = (tag: string) =>
    team.owner.fetch(`/api/tasks/${task.id}`, {
      method: 'PATCH',
      body: { description: 'From before' },
      headers: { 'if-match': tag },
    })
  const answer = await write(`"${task.version + 9}"`)
  assert.equal(answer.status, 409)
  assert.equal(((await answer.json()) as { code: string }).code, 'tasks.conflict')
  assert.equal((await write(`W/"${task.version}"`)).status, 200)
})

test('of a version in the body and those of If-Match the older one decides', async () => {
  const task = await addTask(team.owner, team.boardId, { title: 'Text', description: 'One' })
  const path = `/api/tasks/${task.id}`
  const { version } = await send<Task>(team.owner, 'PATCH', path, { description: 'Two' })
  const write = (tag: string, body = {}) =>
    team.owner.fetch(path, { method: 'PATCH', body: { description: 'Three', ...body }, headers: { 'if-match': tag } })
  assert.equal((await write(`"${task.version}"`, { version })).status, 409)
  assert.equal((await write(`"${version}"`, { version: task.version })).status, 409)
  assert.equal((await write('"seven"')).status, 400)
  assert.equal((await write(`"${task.version}", W/"${version}"`, { version })).status, 200)
})

test('two moves between boards in opposite directions do not wait for each other in a circle', async () => {
  const other = await send<{ id: string }>(team.owner, 'POST', `/api/workspaces/${team.workspaceId}/boards`, {
    name: 'Other',
  })
  const { columns } = await snapshotOf(team.owner, other.id)
  const pairs = await inParallel(10, async (i) => [
    await addTask(team.owner, team.boardId, { title: `There ${i}` }),
    await addTask(team.owner, other.id, { title: `Back ${i}` }),
  ])
  await Promise.all(
    pairs.flatMap(([there, back]) => [
      send(team.owner, 'PUT', `/api/tasks/${there!.id}/position`, { columnId: columns[0]!.id }),
      send(team.owner, 'PUT', `/api/tasks/${back!.id}/position`, { columnId: team.columns[0].id }),
    ]),
  )
  const [here, away] = await Promise.all([factsOf(team.boardId), factsOf(other.id)])
  assert.deepEqual(seqs(here), upTo(here.length))
  assert.deepEqual(seqs(away), upTo(away.length))
  const arrived = away.filter((fact) => fact.type === 'task.moved')
  assert.equal(arrived.length, 10)
  for (const fact of arrived) assert.ok(here.some((one) => one.txn === fact.txn && one.type === 'task.deleted'))
})

test.run()
