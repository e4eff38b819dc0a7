import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, expectRefused, foundTeam, send, snapshotOf, type Team } from '../testing/boards.ts'
import type { Person } from '../testing/person.ts'

const test = suite('lists of tasks')
let app: TestApp
let team: Team
let hidden: string

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
  const made = await send<{ id: string }>(team.owner, 'POST', `/api/workspaces/${team.workspaceId}/boards`, {
    name: 'Hidden',
    visibility: 'private',
  })
  hidden = made.id
})
test.after(() => app?.close())

const add = (title: string, more: object = {}) => addTask(team.owner, team.boardId, { title, ...more })
const list = (person: Person, path: string) => send<Page<ListedTask>>(person, 'GET', path)
const titles = ({ items }: { items: ListedTask[] }) => items.map(({ title }) => title)

test('show me what is mine over all boards, the next due first', async () => {
  const mine = { assigneeIds: [team.owner.userId] }
  await add('No date', mine)
  await add('On Monday', { ...mine, due: '2026-11-23' })
  await add('Not mine', { due: '2026-11-20' })
  await addTask(team.owner, hidden, { title: 'On Sunday at nine', ...mine, due: '2026-11-22T09:00:00Z' })
  await add('Done', { ...mine, columnId: team.columns[2].id })
  const all = ['On Sunday at nine', 'On Monday', 'No date']
  assert.deepEqual(titles(await list(team.owner, '/api/me/tasks')), all)
  const first = await list(team.owner, '/api/me/tasks?limit=2')
  const second = await list(team.owner, `/api/me/tasks?limit=2&cursor=${first.next}`)
  assert.deepEqual([...titles(first), ...titles(second)], all)
  assert.deepEqual(titles(await list(team.owner, '/api/me/tasks?state=closed')), ['Done'])
  assert.deepEqual(titles(await list(team.owner, '/api/me/tasks?dueFrom=2026-11-23&dueTo=2026-11-30')), ['On Monday'])
  await expectRefused([team.owner, 'GET', '/api/me/tasks?dueTo=0000-01-01'], 400, 'request.invalid')
  assert.deepEqual((await list(team.stranger, '/api/me/tasks')).items, [])
  const [next] = first.items
  assert.deepEqual([next!.boardName, next!.columnName, next!.key], ['Hidden', 'To do', `${next!.key.split('-')[0]}-1`])
})

test('show what lies in the archive and in the trash', async () => {
  const [kept, thrown] = [await add('Archived'), await add('Thrown away')]
  await send(team.owner, 'PUT', `/api/tasks/${kept.id}/archived`)
  await send(team.owner, 'DELETE', `/api/tasks/${thrown.id}`)
  const path = `/api/boards/${team.boardId}/tasks`
  assert.deepEqual(titles(await list(team.member, `${path}?state=archived`)), ['Archived'])
  assert.deepEqual(titles(await list(team.member, `${path}?state=trash`)), ['Thrown away'])
  const first = await list(team.member, `${path}?limit=3`)
  const second = await list(team.member, `${path}?limit=200&cursor=${first.next}`)
  const { tasks } = await snapshotOf(team.owner, team.boardId)
  assert.equal(new Set([...first.items, ...second.items].map(({ id }) => id)).size, tasks.length + 2)
  for (const person of [team.guest, team.stranger]) await expectRefused([person, 'GET', path], 404)
  await expectRefused([team.member, 'GET', `/api/boards/${hidden}/tasks`], 404)
})

test('show subtasks, and what a task waits for, as far as one may see it', async () => {
  const parent = await add('Parent')
  await add('Child', { parentId: parent.id })
  const secret = await addTask(team.owner, hidden, { title: 'Secret' })
  const open = await add('Open')
  await send(team.owner, 'PATCH', `/api/tasks/${parent.id}`, { blockedByIds: [open.id, secret.id] })
  assert.deepEqual(titles(await list(team.member, `/api/tasks/${parent.id}/subtasks`)), ['Child'])
  const sides = (person: Person, id: string) =>
    send<{ blockedBy: ListedTask[]; blocks: ListedTask[] }>(person, 'GET', `/api/tasks/${id}/dependencies`)
  assert.deepEqual(titles({ items: (await sides(team.owner, parent.id)).blockedBy }).sort(), ['Open', 'Secret'])
  assert.deepEqual(titles({ items: (await sides(team.member, parent.id)).blockedBy }), ['Open'])
  assert.deepEqual(titles({ items: (await sides(team.member, open.id)).blocks }), ['Parent'])
  for (const part of ['subtasks', 'dependencies']) {
    await expectRefused([team.stranger, 'GET', `/api/tasks/${parent.id}/${part}`], 404)
  }
})

test.run()
