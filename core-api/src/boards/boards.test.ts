import type { Board, BoardSnapshot } from '@taskflow/shared/dto/board.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { boardStream, userStream, workspaceStream } from '@taskflow/shared/names.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  addTask,
  expectRefused,
  factsAfter,
  foundTeam,
  positionOf,
  send,
  snapshotOf,
  sqlAsOwner,
  type Team,
} from '../testing/boards.ts'
import type { Person } from '../testing/person.ts'

const test = suite('boards')
let app: TestApp
let team: Team
let boards: string

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
  boards = `/api/workspaces/${team.workspaceId}/boards`
})
test.after(() => app?.close())

const create = (person: Person, input: object) => send<Board>(person, 'POST', boards, input)
const list = async (person: Person, query = '') => (await send<Page<Board>>(person, 'GET', `${boards}?${query}`)).items
const heard = async (person: Person, stream: string, act: () => Promise<unknown>) => {
  const before = await positionOf(person, stream)
  await act()
  return (await factsAfter(person, stream, before)).map(({ type, data }) => ({ type, data }))
}

test('come with three columns, those of a template, or their own', async () => {
  const names = async (input: object) => (await snapshotOf(team.owner, (await create(team.owner, input)).id)).columns
  assert.deepEqual(
    (await names({ name: 'Plain' })).map((column) => [column.name, column.done]),
    [
      ['To do', false],
      ['Doing', false],
      ['Done', true],
    ],
  )
  assert.equal((await names({ name: 'Hire', template: 'hiring' })).length, 6)
  const own = await names({ name: 'Own', columns: [{ name: 'Only', wipLimit: 2, wipMode: 'hard', color: 'red' }] })
  assert.deepEqual(
    own.map(({ name, wipLimit, wipMode, color }) => ({ name, wipLimit, wipMode, color })),
    [{ name: 'Only', wipLimit: 2, wipMode: 'hard', color: 'red' }],
  )
})

test('offer templates, each with a column for what is done', async () => {
  const { items } = await send<{ items: { key: string; columns: { done?: boolean }[] }[] }>(
    team.guest,
    'GET',
    '/api/board-templates',
  )
  assert.ok(items.length >= 5)
  assert.ok(items.every(({ columns }) => columns.some((column) => column.done)))
})

test('begin their own stream, and are told to the workspace', async () => {
  let board!: Board
  const told = await heard(team.member, workspaceStream(team.workspaceId), async () => {
    board = await create(team.owner, { name: 'Announced' })
  })
  assert.deepEqual(told, [{ type: 'board.created', data: board }])
  const { columns, stream } = await snapshotOf(team.owner, board.id)
  const first = await factsAfter(team.owner, boardStream(board.id), { epoch: stream.epoch, seq: 0 })
  assert.deepEqual(
    first.map(({ type, data }) => ({ type, data })),
    [{ type: 'board.created', data: { ...board, columns } }],
  )
})

test('are told to nobody but their maker while they are private', async () => {
  const quiet = await heard(team.owner, workspaceStream(team.workspaceId), async () => {
    const told = await heard(team.member, userStream(team.member.userId), async () => {
      const board = await create(team.member, { name: 'Mine', visibility: 'private' })
      await expectRefused([team.owner, 'GET', `/api/boards/${board.id}`], 404)
    })
    assert.deepEqual(
      told.map(({ type }) => type),
      ['board.created'],
    )
  })
  assert.deepEqual(quiet, [])
  assert.ok((await list(team.member)).some(({ name }) => name === 'Mine'))
  assert.ok(!(await list(team.owner)).some(({ name }) => name === 'Mine'))
})

test('take their key from their name, and never the same twice', async () => {
  const keys = await Promise.all([1, 2, 3, 4].map(async () => (await create(team.owner, { name: 'Größe!' })).key))
  assert.deepEqual(keys.toSorted(), ['GROSS', 'GROSS2', 'GROSS3', 'GROSS4'])
  await create(team.owner, { name: 'Keyed', key: 'KEYED' })
  await expectRefused([team.owner, 'POST', boards, { name: 'Other', key: 'KEYED' }], 409, 'boards.key_taken')
  const other = await create(team.owner, { name: 'Other' })
  await expectRefused([team.owner, 'PATCH', `/api/boards/${other.id}`, { key: 'KEYED' }], 409, 'boards.key_taken')
})

test('are made once by one id, however often it is sent', async () => {
  const id = newId()
  const made = await Promise.all([1, 2, 3].map(() => create(team.owner, { id, name: 'Once' })))
  assert.deepEqual(made[1], made[0])
  assert.equal((await list(team.owner, 'limit=200')).filter((board) => board.id === id).length, 1)
  await expectRefused([team.member, 'POST', boards, { id, name: 'Once' }], 409, 'boards.id_taken')
  const [{ id: elsewhere }] = (await sqlAsOwner<{ id: string }>(
    app,
    'select id from workspace where id <> $1 limit 1',
    [team.workspaceId],
  )) as [{ id: string }]
  await expectRefused([team.stranger, 'POST', `/api/workspaces/${elsewhere}/boards`, { id, name: 'Once' }], 409)
})

test('are not made by an id that something unseen has, which is named as the fault', async () => {
  const { id } = await create(team.owner, { name: 'Secret', visibility: 'private' })
  const answer = await team.member.fetch(boards, { method: 'POST', body: { id, name: 'Mine' } })
  const { errors } = (await answer.json()) as { errors: { path: string }[] }
  assert.deepEqual([answer.status, errors.map(({ path }) => path)], [409, ['id']])
})

test('are listed page by page', async () => {
  const all = await list(team.owner, 'limit=200')
  const seen: Board[] = []
  for (let cursor = ''; ;) {
    const page = await send<Page<Board>>(team.owner, 'GET', `${boards}?limit=3${cursor}`)
    seen.push(...page.items)
    if (!page.next) break
    cursor = `&cursor=${page.next}`
  }
  assert.deepEqual(seen, all)
})

test('keep the words of whoever described them first', async () => {
  const { id, version } = await create(team.owner, { name: 'Described' })
  const describe = (description: string) => ({ method: 'PATCH', body: { description, version } })
  assert.equal((await team.owner.fetch(`/api/boards/${id}`, describe('One'))).status, 200)
  const late = await team.member.fetch(`/api/boards/${id}`, describe('Another'))
  const { code, current } = (await late.json()) as { code: string; current: { description: string } }
  assert.deepEqual([late.status, code, current.description], [409, 'boards.conflict', 'One'])
})

test('cannot be changed in the archive, and come back as they were', async () => {
  const board = await create(team.owner, { name: 'Old' })
  const path = `/api/boards/${board.id}`
  const { columns } = await snapshotOf(team.owner, board.id)
  const archived = await send<Board>(team.member, 'PUT', `${path}/archived`)
  assert.deepEqual(await send(team.member, 'PUT', `${path}/archived`), archived)
  await expectRefused([team.owner, 'PATCH', path, { name: 'New' }], 409, 'boards.archived')
  await expectRefused([team.owner, 'POST', `${path}/tasks`, { title: 'Late' }], 409, 'boards.archived')
  await expectRefused([team.owner, 'PATCH', `/api/columns/${columns[0]!.id}`, { name: 'x' }], 409, 'boards.archived')
  assert.ok(!(await list(team.owner, 'limit=200')).some(({ id }) => id === board.id))
  assert.ok((await list(team.owner, 'archived=true')).some(({ id }) => id === board.id))
  const restored = await send<Board>(team.owner, 'DELETE', `${path}/archived`)
  assert.deepEqual(restored, { ...board, version: 3 })
})

test('go with everything on them, by those who may', async () => {
  const board = await create(team.owner, { name: 'Doomed' })
  const path = `/api/boards/${board.id}`
  await addTask(team.member, board.id, { title: 'Doomed too' })
  await expectRefused([team.member, 'DELETE', path], 403)
  const told = await heard(team.member, workspaceStream(team.workspaceId), () => send(team.admin, 'DELETE', path))
  assert.deepEqual(told, [{ type: 'board.deleted', data: { id: board.id, reason: 'deleted' } }])
  await expectRefused([team.owner, 'GET', path], 404)
  assert.deepEqual(await sqlAsOwner(app, 'select id from task where board_id = $1', [board.id]), [])
  const [last] = await sqlAsOwner<{ type: string }>(
    app,
    'select type from event where stream = $1 order by seq desc limit 1',
    [boardStream(board.id)],
  )
  assert.equal(last!.type, 'board.deleted')
})

test('are copied with their columns, and on request with their tasks', async () => {
  const { columns } = team
  const parent = await addTask(team.owner, team.boardId, {
    title: 'Parent',
    columnId: columns[1].id,
    assigneeIds: [team.member.userId],
  })
  const child = await addTask(team.owner, team.boardId, { title: 'Child', parentId: parent.id, due: '2026-12-01' })
  await send(team.owner, 'PATCH', `/api/tasks/${child.id}`, { blockedByIds: [parent.id], description: 'Words' })
  const copies = `/api/boards/${team.boardId}/duplicate`
  const bare = await send<Board>(team.member, 'POST', copies, {})
  assert.deepEqual((await snapshotOf(team.member, bare.id)).tasks, [])
  const copy = await send<Board>(team.member, 'POST', copies, { name: 'Copy', withTasks: true })
  const [before, after] = [await snapshotOf(team.owner, team.boardId), await snapshotOf(team.owner, copy.id)]
  assert.deepEqual(outlineOf(after), outlineOf(before))
  const task = await addTask(team.owner, copy.id, { title: 'Next' })
  assert.equal(task.number, after.tasks.length + 1)
  await expectRefused([team.guest, 'POST', copies, {}], 404)
})

/** What a copy has in common with its original. */
function outlineOf({ columns, tasks }: BoardSnapshot) {
  const column = (id: string) => columns.find((one) => one.id === id)!.name
  const task = (id: string | null) => tasks.find((one) => one.id === id)?.title
  return {
    columns: columns.map(({ name, done, position }) => ({ name, done, position: position.length > 0 })),
    tasks: tasks
      .map(({ columnId, title, assigneeIds, parentId, blockedByIds, due, hasDescription }) => ({
        ...{ title, assigneeIds, due, hasDescription },
        column: column(columnId),
        parent: task(parentId),
        blockedBy: blockedByIds.map(task),
      }))
      .toSorted((a, b) => a.title.localeCompare(b.title)),
  }
}

test('are there for nobody from elsewhere', async () => {
  const path = `/api/boards/${team.boardId}`
  const acts: [string, string, object?][] = [
    ['PATCH', path, { name: 'x' }],
    ['DELETE', path],
    ['PUT', `${path}/archived`],
    ['DELETE', `${path}/archived`],
    ['POST', `${path}/duplicate`, {}],
    ['GET', `${path}/members`],
    ['PUT', `${path}/members/${team.member.userId}`, {}],
    ['DELETE', `${path}/members/${team.member.userId}`],
    ['GET', boards],
    ['POST', boards, { name: 'x' }],
  ]
  for (const [method, address, body] of acts) await expectRefused([team.stranger, method, address, body], 404)
  await expectRefused([team.guest, 'POST', boards, { name: 'x' }], 403)
})

test('refuse fields that are not theirs to set', async () => {
  for (const field of ['version', 'workspaceId', 'createdBy', 'archivedAt', 'lastNumber', 'members']) {
    await expectRefused([team.owner, 'POST', boards, { name: 'x', [field]: 1 }], 400)
  }
  await expectRefused([team.owner, 'POST', boards, { name: ' ' }], 400)
  await expectRefused([team.owner, 'POST', boards, { name: 'x'.repeat(101) }], 400)
})
