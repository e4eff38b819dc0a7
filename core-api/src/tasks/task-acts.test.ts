import type { Board } from '@taskflow/shared/dto/board.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  addMember,
  addTask,
  expectRefused,
  expectSnapshotFollows,
  foundTeam,
  send,
  snapshotOf,
  type Team,
} from '../testing/boards.ts'
import type { BulkResult } from './bulk.schemas.ts'

const test = suite('acts on tasks')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
})
test.after(() => app?.close())

const add = (title: string, more: object = {}) => addTask(team.owner, team.boardId, { title, ...more })
const reload = (id: string) => send<Task>(team.owner, 'GET', `/api/tasks/${id}`)
const bulkPath = () => `/api/boards/${team.boardId}/tasks/bulk`
const bulk = (ids: string[], act: object) => send<BulkResult[]>(team.member, 'POST', bulkPath(), { ids, act })
const titlesIn = async (columnId: string) =>
  (await snapshotOf(team.owner, team.boardId)).tasks
    .filter((task) => task.columnId === columnId)
    .sort((a, b) => (a.position < b.position ? -1 : 1))
    .map(({ title }) => title)

test('let anybody who sees a task watch it, and those who may change it make others watch', async () => {
  const { id } = await add('Watched')
  const path = (userId: string) => `/api/tasks/${id}/watchers/${userId}`
  const facts = await expectSnapshotFollows(team.owner, team.boardId, async () => {
    await send(team.member, 'PUT', path(team.member.userId))
    await send(team.member, 'PUT', path(team.member.userId))
    await send(team.member, 'PUT', path(team.admin.userId))
    await send(team.admin, 'DELETE', path(team.member.userId))
  })
  assert.equal(facts.length, 3)
  assert.deepEqual((await reload(id)).watcherIds, [team.admin.userId])
  await expectRefused([team.member, 'PUT', path(team.guest.userId)], 400, 'tasks.cannot_see')
  await expectRefused([team.stranger, 'PUT', path(team.stranger.userId)], 404)
})

test('on items of one checklist at once all win, each in its own item and field', async () => {
  const items = ['Milk', 'Bread', 'Salt'].map((text) => ({ id: newId(), text, done: false, kind: 'step' }))
  const [milk, bread, salt] = items.map(({ id }) => id) as [string, string, string]
  const { id } = await add('Shopping', { checklistItems: items })
  const path = (itemId: string) => `/api/tasks/${id}/checklist/${itemId}`
  const facts = await expectSnapshotFollows(team.owner, team.boardId, () =>
    Promise.all([
      send(team.owner, 'PUT', path(milk), { done: true }),
      send(team.member, 'PUT', path(milk), { text: 'Oat milk' }),
      send(team.admin, 'PUT', path(newId()), { text: 'Tea', kind: 'criterion', before: bread }),
      send(team.member, 'DELETE', path(salt)),
    ]),
  )
  assert.equal(facts.length, 4)
  const { checklist, checklistItems } = await reload(id)
  assert.deepEqual(
    checklistItems.map(({ text, done, kind }) => [text, done, kind]),
    [
      ['Oat milk', true, 'step'],
      ['Tea', false, 'criterion'],
      ['Bread', false, 'step'],
    ],
  )
  assert.deepEqual(checklist, { done: 1, total: 3 })
})

test('on an item are the same when repeated, and are refused by name when they make no sense', async () => {
  const item = { id: newId(), text: 'Step', done: true, kind: 'step' }
  const { id, version } = await add('Steps', { checklistItems: [item] })
  const path = (itemId: string) => `/api/tasks/${id}/checklist/${itemId}`
  await send(team.owner, 'PUT', path(item.id.toUpperCase()), { done: true, after: null })
  await send(team.owner, 'DELETE', path(newId()))
  assert.equal((await reload(id)).version, version)
  await expectRefused([team.owner, 'PUT', path(newId()), { done: true }], 404, 'tasks.item_not_found')
  for (const [field, value] of Object.entries({ text: 'x'.repeat(1001), done: 'yes', kind: 'wish', after: 7 })) {
    const answer = await team.owner.fetch(path(item.id), { method: 'PUT', body: { [field]: value } })
    const { errors } = (await answer.json()) as { errors: { path: string }[] }
    assert.deepEqual([answer.status, errors.map((one) => one.path)], [400, [field]])
  }
  const many = Array.from({ length: 200 }, () => ({ ...item, id: newId() }))
  await send(team.owner, 'PATCH', `/api/tasks/${id}`, { checklistItems: many })
  await expectRefused([team.owner, 'PUT', path(newId()), { text: 'More' }], 400, 'tasks.checklist_full')
  await send(team.owner, 'PUT', path(many[0]!.id), { done: false })
})

const HIDDEN = { name: 'Hidden', visibility: 'private' }

test('on blockers of one task at once all win, and make no circle', async () => {
  const [task, old, one, two] = [await add('Waits'), await add('Old'), await add('One'), await add('Two')]
  const path = (id: string, blockerId: string) => `/api/tasks/${id}/blockers/${blockerId}`
  await send(team.owner, 'PUT', path(task.id, old.id))
  const hidden = await send<Board>(team.admin, 'POST', `/api/workspaces/${team.workspaceId}/boards`, HIDDEN)
  const unseen = await addTask(team.admin, hidden.id, { title: 'Unseen' })
  const facts = await expectSnapshotFollows(team.owner, team.boardId, () =>
    Promise.all([
      send(team.owner, 'PUT', path(task.id, one.id)),
      send(team.member, 'PUT', path(task.id, two.id)),
      send(team.admin, 'DELETE', path(task.id, old.id)),
    ]),
  )
  assert.equal(facts.length, 3)
  assert.deepEqual((await reload(task.id)).blockedByIds.toSorted(), [one.id, two.id].toSorted())
  const { version } = await reload(task.id)
  await send(team.owner, 'PUT', path(task.id, one.id))
  await send(team.owner, 'DELETE', path(task.id, old.id))
  assert.equal((await reload(task.id)).version, version)
  for (const [id, blocker, status, code] of [
    [one.id, task.id, 400, 'tasks.circular'],
    [task.id, task.id, 400, 'tasks.circular'],
    [task.id, newId(), 404, 'tasks.not_found'],
    [task.id, unseen.id, 404, 'tasks.not_found'],
  ] as const) {
    const answer = await team.owner.fetch(path(id, blocker), { method: 'PUT' })
    const problem = (await answer.json()) as { code: string; errors: { path: string }[] }
    assert.deepEqual([answer.status, problem.code, problem.errors[0]!.path], [status, code, 'blockerId'])
  }
})

test('duplicate a task below itself, with nothing ticked', async () => {
  const item = { id: newId(), text: 'Try it', done: true, kind: 'step' }
  const more = { description: 'Long', priority: 'high', due: '2026-12-24', assigneeIds: [team.member.userId] }
  const first = await add('Original', { ...more, checklistItems: [item], columnId: team.columns[1].id })
  await add('Below', { columnId: team.columns[1].id })
  await send(team.owner, 'POST', `/api/tasks/${first.id}/comments`, { body: 'Hm' })
  let copy: Task | undefined
  await expectSnapshotFollows(team.owner, team.boardId, async () => {
    copy = await send<Task>(team.member, 'POST', `/api/tasks/${first.id}/duplicate`, {})
  })
  const { title, description, priority, due, assigneeIds, checklist, commentCount } = copy!
  assert.deepEqual(
    { title, description, priority, due: due!.date, assigneeIds, checklist, commentCount },
    { title: 'Original', ...more, checklist: { done: 0, total: 1 }, commentCount: 0 },
  )
  assert.notEqual(copy!.number, first.number)
  assert.deepEqual(await titlesIn(team.columns[1].id), ['Original', 'Original', 'Below'])
  const id = newId()
  const again = () => send<Task>(team.member, 'POST', `/api/tasks/${first.id}/duplicate`, { id })
  assert.equal((await again()).number, (await again()).number)
  await expectRefused([team.stranger, 'POST', `/api/tasks/${first.id}/duplicate`, {}], 404)
})

test('change many tasks at once, each by itself, and name those that could not be', async () => {
  const tasks = [await add('One'), await add('Two'), await add('Three')]
  const ids = tasks.map(({ id }) => id)
  const foreign = newId()
  let results: BulkResult[] = []
  const facts = await expectSnapshotFollows(team.owner, team.boardId, async () => {
    results = await bulk([ids[0]!, foreign, ids[1]!], { type: 'edit', priority: 'high' })
  })
  assert.deepEqual(
    results.map(({ ok, problem }) => (ok ? 'ok' : problem!.code)),
    ['ok', 'tasks.not_found', 'ok'],
  )
  assert.equal(facts.length, 2)
  assert.equal(new Set(facts.map(({ txn }) => txn)).size, 2)
  for (const act of [
    { type: 'assign', add: [team.member.userId] },
    { type: 'close' },
    { type: 'reopen' },
    { type: 'archive' },
    { type: 'restore' },
    { type: 'delete' },
  ]) {
    await expectSnapshotFollows(team.owner, team.boardId, async () =>
      assert.ok((await bulk(ids, act)).every(({ ok }) => ok)),
    )
  }
  assert.deepEqual((await reload(ids[2]!)).assigneeIds, [team.member.userId])
})

test('move many tasks to one place in the order in which they were named', async () => {
  const [, , column] = team.columns
  await add('Old', { columnId: column.id })
  const ids = [(await add('First')).id, (await add('Second')).id, (await add('Third')).id]
  await bulk(ids, { type: 'move', columnId: column.id, after: null })
  assert.deepEqual(await titlesIn(column.id), ['First', 'Second', 'Third', 'Old'])
  await bulk(ids.toReversed(), { type: 'move', columnId: column.id })
  assert.deepEqual(await titlesIn(column.id), ['Old', 'Third', 'Second', 'First'])
})

test('erase many at once, of what lies in the trash and by whoever may', async () => {
  const [thrown, back] = [await add('Thrown away'), await add('Brought back')]
  for (const id of [thrown.id, back.id]) await send(team.owner, 'DELETE', `/api/tasks/${id}`)
  await send(team.owner, 'PUT', `/api/tasks/${back.id}/restored`)
  const roles = `/api/workspaces/${team.workspaceId}/roles`
  await send(team.owner, 'POST', roles, { key: 'writer', name: 'Writer', permissions: ['task:write'] })
  const wanda = await app.signUp('Wanda')
  await addMember(app, team.workspaceId, wanda, 'writer')
  const body = { ids: [thrown.id, back.id], act: { type: 'erase' } }
  const refused = await send<BulkResult[]>(wanda, 'POST', bulkPath(), body)
  assert.deepEqual(
    refused.map(({ problem }) => problem?.code),
    ['access.forbidden', 'access.forbidden'],
  )
  let results: BulkResult[] = []
  await expectSnapshotFollows(team.owner, team.boardId, async () => {
    results = await bulk(body.ids, body.act)
  })
  assert.deepEqual(
    results.map(({ ok, problem }) => problem?.code ?? ok),
    [true, 'tasks.not_in_trash'],
  )
  await expectRefused([team.owner, 'GET', `/api/tasks/${thrown.id}`], 404)
  assert.equal((await reload(back.id)).title, 'Brought back')
})

test('are done once when a bulk request is repeated', async () => {
  const ids = [(await add('A')).id, (await add('B')).id]
  const headers = { 'idempotency-key': newId() }
  const once = () =>
    team.member.fetch(bulkPath(), {
      method: 'POST',
      headers,
      body: { ids, act: { type: 'assign', add: [team.admin.userId] } },
    })
  const first = await once()
  const second = await once()
  assert.equal(first.headers.get('stream-position'), second.headers.get('stream-position'))
  assert.equal(second.headers.get('idempotent-replayed'), 'true')
  assert.deepEqual(await first.json(), await second.json())
  assert.equal((await reload(ids[0]!)).version, 2)
})

test('are told to the letter what became of them when a bulk request is repeated, and refused another under its key', async () => {
  const { id } = await add('Comes back')
  await send(team.owner, 'DELETE', `/api/tasks/${id}`)
  const headers = { 'idempotency-key': newId() }
  const assign = (ids: string[]) =>
    team.member.fetch(bulkPath(), {
      method: 'POST',
      headers,
      body: { ids, act: { type: 'assign', add: [team.admin.userId] } },
    })
  const first = await (await assign([id])).text()
  assert.match(first, /"ok":false/)
  await send(team.owner, 'PUT', `/api/tasks/${id}/restored`)
  assert.equal(await (await assign([id])).text(), first)
  const other = await add('Not asked for')
  const refused = await assign([other.id])
  assert.equal(refused.status, 422)
  assert.equal(((await refused.json()) as { code: string }).code, 'idempotency.mismatch')
  assert.deepEqual((await reload(other.id)).assigneeIds, [])
})

test('in bulk are refused to those who may not change the board, and when they are not acts', async () => {
  const { id } = await add('Mine')
  const act = { type: 'close' }
  for (const person of [team.guest, team.stranger]) {
    await expectRefused([person, 'POST', bulkPath(), { ids: [id], act }], 404)
  }
  const wrong = [{ type: 'explode' }, { type: 'close', force: true }, { type: 'edit', workspaceId: newId() }]
  for (const one of wrong) await expectRefused([team.owner, 'POST', bulkPath(), { ids: [id], act: one }], 400)
  const many = Array.from({ length: 201 }, () => newId())
  await expectRefused([team.owner, 'POST', bulkPath(), { ids: many, act }], 400)
})

test('leave tasks of other boards alone', async () => {
  const other = await send<{ id: string }>(team.owner, 'POST', `/api/workspaces/${team.workspaceId}/boards`, {
    name: 'Other',
  })
  const task = await addTask(team.owner, other.id, { title: 'Elsewhere' })
  const [result] = await bulk([task.id], { type: 'close' })
  assert.equal(result!.problem?.code, 'tasks.not_found')
  const { items } = await send<Page<ListedTask>>(team.owner, 'GET', `/api/boards/${other.id}/tasks`)
  assert.equal(items[0]!.closedAt, null)
})

test.run()
