import type { Board, Label } from '@taskflow/shared/dto/board.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { boardStream, workspaceStream } from '@taskflow/shared/names.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  addTask,
  expectRefused,
  expectSnapshotFollows,
  factsAfter,
  foundTeam,
  positionOf,
  send,
  type Team,
} from '../testing/boards.ts'

const test = suite('labels')
let app: TestApp
let team: Team
let labels: string

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
  labels = `/api/workspaces/${team.workspaceId}/labels`
})
test.after(() => app?.close())

const add = (name: string, more: object = {}) => send<Label>(team.member, 'POST', labels, { name, ...more })

test('are told to the workspace and to every board of it, in one act', async () => {
  const path = `/api/workspaces/${team.workspaceId}/boards`
  const second = await send<Board>(team.owner, 'POST', path, { name: 'Second' })
  const streams = [workspaceStream(team.workspaceId), boardStream(team.boardId), boardStream(second.id)]
  const before = await Promise.all(streams.map((stream) => positionOf(team.owner, stream)))
  const label = await add('everywhere', { color: 'teal' })
  const facts = await Promise.all(streams.map((stream, i) => factsAfter(team.owner, stream, before[i]!)))
  for (const told of facts) {
    assert.deepEqual(
      told.map(({ type, data }) => ({ type, data })),
      [{ type: 'label.created', data: label }],
    )
  }
  assert.equal(new Set(facts.flat().map(({ txn }) => txn)).size, 1)
})

test('are listed by name, page by page', async () => {
  for (const name of ['zebra', 'Ant', 'bee']) await add(name)
  const page = await send<Page<Label>>(team.member, 'GET', `${labels}?limit=2`)
  assert.deepEqual(
    page.items.map(({ name }) => name),
    ['Ant', 'bee'],
  )
  const rest = await send<Page<Label>>(team.member, 'GET', `${labels}?cursor=${page.next}`)
  assert.ok(rest.items.some(({ name }) => name === 'zebra'))
  assert.equal(rest.next, null)
})

test('have names that differ by more than case', async () => {
  const { id } = await add('Backend')
  await expectRefused([team.owner, 'POST', labels, { name: 'backend' }], 409, 'labels.name_taken')
  const other = await add('frontend')
  await expectRefused([team.owner, 'PATCH', `/api/labels/${other.id}`, { name: 'BACKEND' }], 409, 'labels.name_taken')
  assert.equal((await send<Label>(team.owner, 'PATCH', `/api/labels/${id}`, { name: 'BACKEND' })).name, 'BACKEND')
})

test('are made once by one id', async () => {
  const id = newId()
  const made = await Promise.all([1, 2, 3].map(() => add('once', { id })))
  assert.deepEqual(made[1], made[0])
})

test('are put on tasks and taken off', async () => {
  const label = await add('sticky')
  const { id } = await addTask(team.owner, team.boardId, { title: 'Sticky' })
  const path = `/api/tasks/${id}/labels/${label.id}`
  assert.deepEqual((await send<Task>(team.member, 'PUT', path)).labelIds, [label.id])
  assert.deepEqual((await send<Task>(team.member, 'PUT', path)).version, 2)
  assert.deepEqual((await send<Task>(team.member, 'DELETE', path)).labelIds, [])
  await expectRefused([team.member, 'PUT', `/api/tasks/${id}/labels/${newId()}`], 404, 'labels.not_found')
})

test('that go leave no task with them, also those in the trash', async () => {
  const label = await add('fleeting')
  const { id } = await addTask(team.owner, team.boardId, { title: 'Labelled', labelIds: [label.id] })
  await send(team.owner, 'DELETE', `/api/tasks/${id}`)
  await send(team.owner, 'DELETE', `/api/labels/${label.id}`)
  assert.deepEqual((await send<Task>(team.owner, 'PUT', `/api/tasks/${id}/restored`)).labelIds, [])
  await expectRefused([team.owner, 'PATCH', `/api/labels/${label.id}`, { name: 'x' }], 404)
})

test('that go while they are being put on tasks are on none', async () => {
  for (let round = 0; round < 5; round++) {
    const label = await add(newId())
    const { id } = await addTask(team.owner, team.boardId, { title: 'Contested' })
    await expectSnapshotFollows(team.owner, team.boardId, async () => {
      const answers = await Promise.all([
        team.owner.fetch(`/api/labels/${label.id}`, { method: 'DELETE' }),
        team.owner.fetch(`/api/tasks/${id}/labels/${label.id}`, { method: 'PUT' }),
        team.owner.fetch(`/api/tasks/${id}`, { method: 'PATCH', body: { labelIds: [label.id] } }),
        team.owner.fetch(`/api/boards/${team.boardId}/tasks`, {
          method: 'POST',
          body: { title: 'New', labelIds: [label.id] },
        }),
      ])
      assert.ok(
        answers.every(({ status }) => status < 500),
        answers.map(({ status }) => status).join(),
      )
    })
    assert.deepEqual((await send<Task>(team.owner, 'GET', `/api/tasks/${id}`)).labelIds, [])
  }
})

test('reach a board that is being made at the same moment', async () => {
  const path = `/api/workspaces/${team.workspaceId}/boards`
  const [label, board] = await Promise.all([
    add('simultaneous'),
    send<Board>(team.owner, 'POST', path, { name: 'Simultaneous' }),
  ])
  await expectSnapshotFollows(team.owner, board.id, () =>
    send(team.owner, 'PATCH', `/api/labels/${label.id}`, { color: 'red' }),
  )
})

test('are there for nobody from elsewhere, and guests do not define them', async () => {
  const label = await add('ours')
  const path = `/api/labels/${label.id}`
  await expectRefused([team.stranger, 'GET', labels], 404)
  await expectRefused([team.stranger, 'POST', labels, { name: 'x' }], 404)
  await expectRefused([team.stranger, 'PATCH', path, { name: 'x' }], 404)
  await expectRefused([team.stranger, 'DELETE', path], 404)
  await expectRefused([team.guest, 'POST', labels, { name: 'x' }], 403)
  await expectRefused([team.guest, 'PATCH', path, { name: 'x' }], 403)
  await expectRefused([team.guest, 'DELETE', path], 403)
  const { id } = await addTask(team.owner, team.boardId, { title: 'Ours' })
  await expectRefused([team.stranger, 'PUT', `/api/tasks/${id}/labels/${label.id}`], 404)
  await expectRefused([team.stranger, 'DELETE', `/api/tasks/${id}/labels/${label.id}`], 404)
})
