import type { BoardSnapshot } from '@taskflow/shared/dto/board.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import { CARD_FIELDS, pick } from '@taskflow/shared/board/fields.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  addTask,
  expectRefused,
  expectSnapshotFollows,
  foundTeam,
  send,
  snapshotOf,
  type Team,
} from '../testing/boards.ts'
import type { Person } from '../testing/person.ts'

const test = suite('the snapshot of a board')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
})
test.after(() => app?.close())

test('follows from an older one and the facts since', async () => {
  const facts = await expectSnapshotFollows(team.member, team.boardId, () =>
    addTask(team.owner, team.boardId, { title: 'Water the plants' }),
  )
  assert.deepEqual(
    facts.map((fact) => fact.type),
    ['task.created'],
  )
})

test('is not there for those who may not see the board', async () => {
  for (const person of [team.guest, team.stranger]) {
    await expectRefused([person, 'GET', `/api/boards/${team.boardId}`], 404, 'boards.not_found')
  }
})

test('answers 304 as long as nothing has changed', async () => {
  const path = `/api/boards/${team.boardId}`
  const etag = (await team.owner.fetch(path)).headers.get('etag')!
  const again = () => team.owner.fetch(path, { headers: { 'if-none-match': etag } })
  assert.equal((await again()).status, 304)
  await addTask(team.owner, team.boardId, { title: 'Feed the cat' })
  assert.equal((await again()).status, 200)
})

test('shows every card as the task itself says it', async () => {
  const { member, owner, boardId, columns } = team
  const strange = await addTask(owner, boardId, {
    title: 'Quote " backslash \\ tab\tline\nsnowman ☃ 🎈 \u2028 «» </script>',
    description: 'x',
    columnId: columns[2].id,
    assigneeIds: [member.userId, owner.userId],
    priority: 'low',
    start: '2026-12-01',
    due: { date: '2026-12-24', time: '18:00', zone: 'Europe/Lisbon' },
    checklistItems: [{ id: newId(), text: 'Step', done: true, kind: 'step' }],
  })
  const child = await addTask(owner, boardId, { title: 'Child', parentId: strange.id })
  await send(owner, 'PATCH', `/api/tasks/${child.id}`, { blockedByIds: [strange.id] })
  const { tasks } = await snapshotOf(owner, boardId)
  for (const { id } of [strange, child]) {
    const task = await send<Task>(owner, 'GET', `/api/tasks/${id}`)
    assert.deepEqual(
      tasks.find((card) => card.id === id),
      pick(task, CARD_FIELDS),
    )
  }
})

test('is as its reader may see it, however many have just read it', async () => {
  const path = `/api/boards/${team.boardId}`
  const read = async (person: Person) => (await person.fetch(path)).status
  assert.deepEqual(
    await Promise.all([team.owner, team.guest, team.member, team.stranger].map(read)),
    [200, 404, 200, 404],
  )
  const [one, other] = [await snapshotOf(team.owner, team.boardId), await snapshotOf(team.member, team.boardId)]
  const claims = ({ stream }: typeof one) =>
    JSON.parse(atob(stream.ticket.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')))
  assert.deepEqual([claims(one).sub, claims(other).sub], [team.owner.userId, team.member.userId])
})

test('is compressed under the same tag, for each reader with a ticket of their own', async () => {
  const path = `/api/boards/${team.boardId}`
  for (const person of [team.owner, team.member]) {
    const plain = await person.fetch(path, { headers: { 'accept-encoding': 'gzip;q=0, br' } })
    const packed = await person.fetch(path, { headers: { 'accept-encoding': 'br, gzip' } })
    assert.deepEqual(
      [plain, packed].map(({ headers }) => headers.get('content-encoding')),
      [null, 'gzip'],
    )
    assert.equal(packed.headers.get('etag'), plain.headers.get('etag'))
    assert.match(packed.headers.get('vary')!, /accept-encoding/i)
    const [a, b] = (await Promise.all([plain.json(), packed.json()])) as [BoardSnapshot, BoardSnapshot]
    assert.deepEqual({ ...a, stream: null }, { ...b, stream: null })
    assert.ok(b.tasks.length > 0)
    const { sub } = JSON.parse(Buffer.from(b.stream.ticket.split('.')[1]!, 'base64url').toString()) as { sub: string }
    assert.equal(sub, person.userId)
  }
})

test('knows a tag that a gateway has weakened', async () => {
  const path = `/api/boards/${team.boardId}`
  const etag = (await team.owner.fetch(path)).headers.get('etag')!
  for (const known of [`"other", W/${etag}`, '*'])
    assert.equal((await team.owner.fetch(path, { headers: { 'if-none-match': known } })).status, 304)
})
