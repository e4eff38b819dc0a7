import type { Board, Column } from '@taskflow/shared/dto/board.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import { byPosition } from '@taskflow/shared/board/position.ts'
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

const test = suite('columns')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp({ DATABASE_POOL: '12' })
  team = await foundTeam(app)
})
test.after(() => app?.close())

async function newBoard(...names: string[]) {
  const path = `/api/workspaces/${team.workspaceId}/boards`
  const columns = names.map((name) => ({ name }))
  const { id } = await send<Board>(team.owner, 'POST', path, { name: 'B', columns })
  const snapshot = await snapshotOf(team.owner, id)
  return { id, columns: snapshot.columns }
}

const namesOf = async (boardId: string) =>
  (await snapshotOf(team.owner, boardId)).columns.toSorted(byPosition).map(({ name }) => name)

const titlesIn = async (boardId: string, columnId: string) =>
  (await snapshotOf(team.owner, boardId)).tasks
    .filter((task) => task.columnId === columnId)
    .toSorted(byPosition)
    .map(({ title }) => title)

test('are put at the end, at the start, or next to another', async () => {
  const { id, columns } = await newBoard('A', 'B')
  const add = (name: string, place: object) =>
    send(team.member, 'POST', `/api/boards/${id}/columns`, { name, ...place })
  await add('end', {})
  await add('start', { after: null })
  await add('before B', { before: columns[1]!.id })
  await add('after A', { after: columns[0]!.id })
  await add('next to nothing', { before: newId() })
  assert.deepEqual(await namesOf(id), ['start', 'A', 'after A', 'before B', 'B', 'end', 'next to nothing'])
})

test('move next to another, or to one end', async () => {
  const { id, columns } = await newBoard('A', 'B', 'C')
  const [a, b, c] = columns as [Column, Column, Column]
  const move = (column: Column, place: object) => send(team.owner, 'PUT', `/api/columns/${column.id}/position`, place)
  await move(c, { before: a.id })
  assert.deepEqual(await namesOf(id), ['C', 'A', 'B'])
  await move(c, { before: null })
  assert.deepEqual(await namesOf(id), ['A', 'B', 'C'])
  await move(a, { after: b.id })
  assert.deepEqual(await namesOf(id), ['B', 'A', 'C'])
  await move(a, { after: a.id })
  assert.deepEqual(await namesOf(id), ['B', 'A', 'C'])
})

test('are made once by one id', async () => {
  const { id } = await newBoard('A')
  const column = { id: newId(), name: 'Once' }
  const made = await Promise.all([1, 2, 3].map(() => send(team.owner, 'POST', `/api/boards/${id}/columns`, column)))
  assert.deepEqual(made[2], made[0])
  assert.deepEqual(await namesOf(id), ['A', 'Once'])
  await expectRefused([team.owner, 'POST', `/api/boards/${team.boardId}/columns`, column], 409)
})

test('that hold tasks go only with a place for them, which keeps their order', async () => {
  const { id, columns } = await newBoard('From', 'To')
  const [from, to] = columns as [Column, Column]
  for (const title of ['one', 'two', 'three']) await addTask(team.owner, id, { title, columnId: from.id })
  const archived = await addTask(team.owner, id, { title: 'archived', columnId: from.id })
  const trashed = await addTask(team.owner, id, { title: 'trashed', columnId: from.id })
  await send(team.owner, 'PUT', `/api/tasks/${archived.id}/archived`)
  await send(team.owner, 'DELETE', `/api/tasks/${trashed.id}`)
  await addTask(team.owner, id, { title: 'zero', columnId: to.id })
  const path = `/api/columns/${from.id}`
  await expectRefused([team.owner, 'DELETE', path], 409, 'columns.not_empty')
  await expectRefused([team.owner, 'DELETE', `${path}?moveTo=${from.id}`], 400, 'columns.not_found')
  await expectRefused([team.owner, 'DELETE', `${path}?moveTo=${team.columns[0].id}`], 400, 'columns.not_found')
  await send(team.owner, 'DELETE', `${path}?moveTo=${to.id}`)
  assert.deepEqual(await titlesIn(id, to.id), ['zero', 'one', 'two', 'three'])
  for (const { id: task } of [archived, trashed]) {
    assert.equal((await send<Task>(team.owner, 'PUT', `/api/tasks/${task}/restored`)).columnId, to.id)
  }
  await expectRefused([team.owner, 'DELETE', `/api/columns/${to.id}?moveTo=${to.id}`], 409, 'columns.last')
})

test('that are done close what is moved into them', async () => {
  const [todo, , done] = (await newBoardOfThree()).columns
  const task = await addTask(team.owner, todo.boardId, { title: 'Nearly', columnId: todo.id })
  await send(team.owner, 'DELETE', `/api/columns/${todo.id}?moveTo=${done.id}`)
  assert.ok((await send<Task>(team.owner, 'GET', `/api/tasks/${task.id}`)).closedAt)
})

async function newBoardOfThree() {
  const path = `/api/workspaces/${team.workspaceId}/boards`
  const { id } = await send<Board>(team.owner, 'POST', path, { name: 'Three' })
  return { id, columns: (await snapshotOf(team.owner, id)).columns as Team['columns'] }
}

test('leave their tasks open or closed when they become done, and follow those that come later', async () => {
  const { id, columns } = await newBoard('A', 'B')
  const [a, b] = columns as [Column, Column]
  const early = await addTask(team.owner, id, { title: 'Early', columnId: a.id })
  await send(team.owner, 'PATCH', `/api/columns/${a.id}`, { done: true })
  assert.equal((await send<Task>(team.owner, 'GET', `/api/tasks/${early.id}`)).closedAt, null)
  const late = await addTask(team.owner, id, { title: 'Late', columnId: b.id })
  const moved = await send<Task>(team.owner, 'PUT', `/api/tasks/${late.id}/position`, { columnId: a.id })
  assert.ok(moved.closedAt)
})

test('are sorted once, and equal cards keep their order', async () => {
  const { id, columns } = await newBoard('A')
  const column = columns[0]!
  const tasks = [
    { title: 'b low', priority: 'low', due: '2026-12-02' },
    { title: 'c none' },
    { title: 'a high', priority: 'high', due: { date: '2026-12-01', time: '09:00', zone: 'Asia/Tokyo' } },
    { title: 'B low', priority: 'low' },
  ]
  for (const task of tasks) await addTask(team.owner, id, { ...task, columnId: column.id })
  const sorted = async (by: string) => {
    await send(team.member, 'POST', `/api/columns/${column.id}/sort`, { by })
    return titlesIn(id, column.id)
  }
  assert.deepEqual(await sorted('priority'), ['a high', 'b low', 'B low', 'c none'])
  assert.deepEqual(await sorted('created'), ['b low', 'c none', 'a high', 'B low'])
  assert.deepEqual(await sorted('due'), ['a high', 'b low', 'c none', 'B low'])
  assert.deepEqual(await sorted('title'), ['a high', 'b low', 'B low', 'c none'])
  await expectRefused([team.owner, 'POST', `/api/columns/${column.id}/sort`, { by: 'mood' }], 400)
})

test('with a hard limit hold it under fifty moves at once', async () => {
  const { id, columns } = await newBoard('Pool', 'Three at most')
  const [pool, narrow] = columns as [Column, Column]
  await send(team.owner, 'PATCH', `/api/columns/${narrow.id}`, { wipLimit: 3, wipMode: 'hard' })
  const tasks = await Promise.all(
    Array.from({ length: 50 }, (_, i) => addTask(team.owner, id, { title: `${i}`, columnId: pool.id })),
  )
  const answers: number[] = []
  await expectSnapshotFollows(team.owner, id, async () => {
    const moves = tasks.map((task) =>
      team.owner.fetch(`/api/tasks/${task.id}/position`, { method: 'PUT', body: { columnId: narrow.id } }),
    )
    answers.push(...(await Promise.all(moves)).map(({ status }) => status))
  })
  assert.equal(answers.filter((status) => status === 200).length, 3)
  assert.equal(answers.filter((status) => status === 409).length, 47)
  assert.equal((await titlesIn(id, narrow.id)).length, 3)
  await expectRefused(
    [team.owner, 'DELETE', `/api/columns/${pool.id}?moveTo=${narrow.id}`],
    409,
    'columns.limit_reached',
  )
})

test('that go while tasks come to them lose none', async () => {
  for (let round = 0; round < 3; round++) {
    const { id, columns } = await newBoard('From', 'To')
    const [from, to] = columns as [Column, Column]
    const task = await addTask(team.owner, id, { title: 'Mover', columnId: to.id })
    await addTask(team.owner, id, { title: 'Settler', columnId: from.id })
    const come = () =>
      team.owner.fetch(`/api/boards/${id}/tasks`, { method: 'POST', body: { title: 'New', columnId: from.id } })
    const statuses: number[] = []
    await expectSnapshotFollows(team.owner, id, async () => {
      const [removed, moved, ...created] = await Promise.all([
        team.owner.fetch(`/api/columns/${from.id}?moveTo=${to.id}`, { method: 'DELETE' }),
        team.owner.fetch(`/api/tasks/${task.id}/position`, { method: 'PUT', body: { columnId: from.id } }),
        ...[1, 2, 3, 4].map(come),
      ])
      assert.equal(removed.status, 204)
      assert.ok([200, 404].includes(moved.status), `${moved.status}`)
      statuses.push(...created.map(({ status }) => status))
    })
    const { tasks } = await snapshotOf(team.owner, id)
    assert.ok(
      statuses.every((status) => status === 201 || status === 400),
      `${statuses}`,
    )
    assert.equal(tasks.length, 2 + statuses.filter((status) => status === 201).length)
    assert.ok(tasks.every(({ columnId }) => columnId === to.id))
  }
})

test('are there for nobody from elsewhere, and are not changed by those who only look', async () => {
  const { id, columns } = await newBoard('A', 'B')
  const path = `/api/columns/${columns[0]!.id}`
  const acts: [string, string, object?][] = [
    ['POST', `/api/boards/${id}/columns`, { name: 'x' }],
    ['PATCH', path, { name: 'x' }],
    ['PUT', `${path}/position`, { before: null }],
    ['POST', `${path}/sort`, { by: 'title' }],
    ['DELETE', path],
  ]
  for (const person of [team.stranger, team.guest]) {
    for (const [method, address, body] of acts) await expectRefused([person, method, address, body], 404)
  }
  await send(team.owner, 'PUT', `/api/boards/${id}/members/${team.guest.userId}`, { role: 'commenter' })
  for (const [method, address, body] of acts) await expectRefused([team.guest, method, address, body], 403)
})

test('refuse what makes no sense', async () => {
  const path = `/api/columns/${team.columns[0].id}`
  for (const edit of [{ wipLimit: 0 }, { wipLimit: 1.5 }, { color: 'mauve' }, { name: '' }, { position: 'a0' }]) {
    await expectRefused([team.owner, 'PATCH', path, edit], 400)
  }
})
