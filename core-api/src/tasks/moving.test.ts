import type { Board, Column } from '@taskflow/shared/dto/board.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import { byPosition } from '@taskflow/shared/board/position.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { type Crowded, spreadColumn } from '../columns/spreading.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  addTask,
  expectRefused,
  expectSnapshotFollows,
  foundTeam,
  send,
  snapshotOf,
  sqlAsOwner,
  type Team,
} from '../testing/boards.ts'

const test = suite('moving tasks')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp({ DATABASE_POOL: '12' })
  team = await foundTeam(app)
})
test.after(() => app?.close())

interface Stage {
  boardId: string
  columns: Column[]
  tasks: Task[]
}

async function newBoard(...titles: string[]): Promise<Stage> {
  const path = `/api/workspaces/${team.workspaceId}/boards`
  const { id: boardId } = await send<Board>(team.owner, 'POST', path, { name: 'B' })
  const { columns } = await snapshotOf(team.owner, boardId)
  const tasks: Task[] = []
  for (const title of titles) tasks.push(await addTask(team.owner, boardId, { title, columnId: columns[0]!.id }))
  return { boardId, columns, tasks }
}

const place = (task: Task, wish: object) => send<Task>(team.owner, 'PUT', `/api/tasks/${task.id}/position`, wish)
const reload = ({ id }: Task) => send<Task>(team.owner, 'GET', `/api/tasks/${id}`)
const orderIn = async (boardId: string, columnId: string) =>
  (await snapshotOf(team.owner, boardId)).tasks
    .filter((task) => task.columnId === columnId)
    .sort(byPosition)
    .map(({ title }) => title)
    .join('')

test('a task named as its own neighbour stays where it is', async () => {
  const { boardId, columns, tasks } = await newBoard('A', 'B', 'C')
  const [column, other] = columns as [Column, Column]
  for (const wish of [{ before: tasks[0]!.id }, { after: tasks[0]!.id }]) {
    const facts = await expectSnapshotFollows(team.owner, boardId, () =>
      place(tasks[0]!, { columnId: column.id, ...wish }),
    )
    assert.deepEqual(facts, [])
  }
  assert.equal(await orderIn(boardId, column.id), 'ABC')
  const path = `/api/tasks/${tasks[0]!.id}/position`
  const elsewhere = { columnId: other.id, before: tasks[0]!.id }
  await expectRefused([team.owner, 'PUT', path, elsewhere], 400, 'tasks.neighbour_elsewhere')
})

test('of two neighbours the one that is left decides', async () => {
  const { boardId, columns, tasks } = await newBoard('A', 'B', 'C', 'D')
  const [a, b, c, d] = tasks as [Task, Task, Task, Task]
  const columnId = columns[0]!.id
  await place(d, { columnId, after: a.id, before: b.id })
  assert.equal(await orderIn(boardId, columnId), 'ADBC')
  await place(d, { columnId, after: b.id, before: newId() })
  assert.equal(await orderIn(boardId, columnId), 'ABDC')
  await place(d, { columnId, after: c.id, before: null })
  assert.equal(await orderIn(boardId, columnId), 'ABCD')
  await place(d, { columnId, after: null, before: a.id })
  assert.equal(await orderIn(boardId, columnId), 'DABC')
  await place(a, { columnId, after: null, before: newId() })
  assert.equal(await orderIn(boardId, columnId), 'ADBC')
})

test('a neighbour that lies in the trash still marks its place, and one of another column there means the end', async () => {
  const { boardId, columns, tasks } = await newBoard('A', 'B', 'C', 'D')
  const [a, b, c, d] = tasks as [Task, Task, Task, Task]
  const columnId = columns[0]!.id
  await send(team.owner, 'DELETE', `/api/tasks/${b.id}`)
  await place(d, { columnId, before: b.id })
  assert.equal(await orderIn(boardId, columnId), 'ADC')
  await place(c, { columnId: columns[1]!.id })
  await send(team.owner, 'DELETE', `/api/tasks/${c.id}`)
  await place(a, { columnId, before: c.id })
  assert.equal(await orderIn(boardId, columnId), 'DA')
})

test('whoever edits a task while it goes to another board finds it there', async () => {
  const [here, there] = [await newBoard('A'), await newBoard()]
  const task = here.tasks[0]!
  for (let round = 0; round < 6; round++) {
    const columnId = (round % 2 ? here : there).columns[0]!.id
    await Promise.all([
      place(task, { columnId }),
      ...[1, 2, 3, 4].map((n) => send(team.owner, 'PATCH', `/api/tasks/${task.id}`, { title: `${round}.${n}` })),
    ])
  }
})

test('what lay below a task that goes to another board, or is erased, lies by itself from then on', async () => {
  const [here, there] = [await newBoard('A', 'B'), await newBoard()]
  const boards = [here.boardId, there.boardId]
  const family = async () => {
    const parent = await addTask(team.owner, here.boardId, { title: 'Parent' })
    const child = await addTask(team.owner, here.boardId, { title: 'Child', parentId: parent.id })
    return { parent, child }
  }
  const onBoth = (act: () => Promise<unknown>) =>
    boards.reduce((follow, id) => () => expectSnapshotFollows(team.owner, id, follow), act as () => Promise<unknown>)()
  const columnId = there.columns[0]!.id

  const erased = await family()
  await onBoth(() => send(team.owner, 'DELETE', `/api/tasks/${erased.parent.id}?erase=true`))
  assert.equal((await reload(erased.child)).parentId, null)

  const moved = await family()
  await onBoth(() => place(moved.parent, { columnId }))
  assert.equal((await reload(moved.child)).parentId, null)

  const gone = await family()
  await onBoth(() => place(gone.child, { columnId }))
  assert.equal((await reload(gone.child)).parentId, null)
  await onBoth(() => send(team.owner, 'DELETE', `/api/tasks/${gone.parent.id}?erase=true`))

  const back = await family()
  await onBoth(async () => {
    await send(team.owner, 'DELETE', `/api/tasks/${back.parent.id}`)
    await send(team.owner, 'PUT', `/api/tasks/${back.parent.id}/restored`)
  })
  assert.equal((await reload(back.child)).parentId, back.parent.id)
})

test('a subtask that comes while its parent leaves ends up on one board with it, or by itself', async () => {
  const [here, there] = [await newBoard(), await newBoard()]
  for (let round = 0; round < 6; round++) {
    const parent = await addTask(team.owner, here.boardId, { title: 'Parent' })
    const subtask = () =>
      team.owner.fetch(`/api/boards/${here.boardId}/tasks`, {
        method: 'POST',
        body: { title: `Child ${round}`, parentId: parent.id },
      })
    await expectSnapshotFollows(team.owner, here.boardId, () =>
      Promise.all([subtask(), place(parent, { columnId: there.columns[0]!.id }), subtask()]),
    )
    const { tasks } = await snapshotOf(team.owner, here.boardId)
    for (const { id } of tasks) assert.equal((await send<Task>(team.owner, 'GET', `/api/tasks/${id}`)).parentId, null)
  }
})

test('two tasks that are put below each other at the same moment make no circle', async () => {
  const { tasks } = await newBoard('A', 'B')
  const [a, b] = tasks as [Task, Task]
  for (let round = 0; round < 6; round++) {
    const below = (task: Task, parent: Task) =>
      team.owner.fetch(`/api/tasks/${task.id}`, { method: 'PATCH', body: { parentId: parent.id } })
    const answers = await Promise.all([below(a, b), below(b, a)])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400])
    for (const { id } of tasks) await send(team.owner, 'PATCH', `/api/tasks/${id}`, { parentId: null })
  }
})

test('a task does not go to a board that is archived, read only to the mover, or unseen', async () => {
  const [here, there] = [await newBoard('A'), await newBoard()]
  const wish = { columnId: there.columns[0]!.id }
  const move = (status: number, code: string) =>
    expectRefused([team.member, 'PUT', `/api/tasks/${here.tasks[0]!.id}/position`, wish], status, code)
  const mine = `/api/boards/${there.boardId}/members/${team.member.userId}`
  await send(team.owner, 'PUT', mine, { role: 'viewer' })
  await move(403, 'access.forbidden')
  await send(team.owner, 'DELETE', mine)
  await send(team.owner, 'PUT', `/api/boards/${there.boardId}/archived`)
  await move(409, 'boards.archived')
  await send(team.owner, 'DELETE', `/api/boards/${there.boardId}/archived`)
  await send(team.owner, 'PATCH', `/api/boards/${there.boardId}`, { visibility: 'private' })
  await move(404, 'columns.not_found')
  await send(team.owner, 'PATCH', `/api/columns/${there.columns[0]!.id}`, { wipLimit: 1, wipMode: 'hard' })
  const [full] = (await newBoard('B')).tasks
  await send(team.owner, 'PUT', `/api/tasks/${full!.id}/position`, wish)
  await move(404, 'columns.not_found')
  Object.assign(wish, { columnId: there.columns[1]!.id, before: full!.id })
  await move(404, 'columns.not_found')
})

test('a column whose order keys have grown long gets short ones again, in the same order', async () => {
  const { boardId, columns, tasks } = await newBoard('A', 'B', 'C', 'D')
  const [a, b, c, d] = tasks as [Task, Task, Task, Task]
  const grown = `${a.position}${'V'.repeat(100)}`
  for (const [id, position] of [
    [b.id, grown],
    [c.id, `${grown}V`],
  ])
    await sqlAsOwner(app, 'update task set position = $2 where id = $1', [id, position])
  await expectSnapshotFollows(team.owner, boardId, async () => {
    await send(team.owner, 'PUT', `/api/tasks/${d.id}/position`, { columnId: columns[0]!.id, before: c.id })
    const [job] = await sqlAsOwner<{ data: Crowded }>(app, `select data from pgboss.job where name = 'columns.spread'`)
    await spreadColumn(app.deps, job!.data)
    await spreadColumn(app.deps, job!.data)
  })
  const { tasks: cards } = await snapshotOf(team.owner, boardId)
  const inOrder = cards.toSorted(byPosition)
  assert.deepEqual(
    inOrder.map(({ id }) => id),
    [a, b, d, c].map(({ id }) => id),
  )
  assert.ok(inOrder.every(({ position }) => position.length < 4))
  assert.equal(inOrder[0]!.version, 2)
})

test('a task is not closed into a column that is full', async () => {
  const { boardId, columns, tasks } = await newBoard('A', 'B')
  const done = columns.find((column) => column.done)!
  await send(team.owner, 'PATCH', `/api/columns/${done.id}`, { wipLimit: 1, wipMode: 'hard' })
  const close = ({ id }: Task) => team.owner.fetch(`/api/tasks/${id}/closed`, { method: 'PUT' })
  const answers = await Promise.all(tasks.map(close))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
  assert.equal((await orderIn(boardId, done.id)).length, 1)
})

test.run()
