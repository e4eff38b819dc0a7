import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, expectRefused, foundTeam, send, type Team } from '../testing/boards.ts'
import type { Person } from '../testing/person.ts'

const test = suite('search')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
})
test.after(() => app?.close())

const search = async (person: Person, q: string) => {
  const path = `/api/workspaces/${team.workspaceId}/search?q=${encodeURIComponent(q)}`
  return (await send<{ items: ListedTask[] }>(person, 'GET', path)).items.map(({ title }) => title)
}

test('finds words by their beginnings, in titles before descriptions', async () => {
  await addTask(team.owner, team.boardId, { title: 'Buy soil', description: 'for the **watering** of plants' })
  await addTask(team.owner, team.boardId, { title: 'Water the plants' })
  assert.deepEqual(await search(team.member, 'wat'), ['Water the plants', 'Buy soil'])
  assert.deepEqual(await search(team.member, 'PLANTS wat'), ['Water the plants', 'Buy soil'])
  assert.deepEqual(await search(team.member, 'nothing-like-this'), [])
})

test('finds a task by its number', async () => {
  const task = await addTask(team.owner, team.boardId, { title: 'Numbered' })
  for (const q of [task.key, task.key.toLowerCase(), `#${task.number}`, String(task.number)]) {
    assert.equal((await search(team.member, q))[0], 'Numbered')
  }
})

test('forgives small typing errors', async () => {
  assert.deepEqual(await search(team.member, 'watre'), ['Water the plants'])
})

test('follows changes of the words', async () => {
  const { id } = await addTask(team.owner, team.boardId, { title: 'Azaleas' })
  await send(team.owner, 'PATCH', `/api/tasks/${id}`, { title: 'Begonias' })
  assert.deepEqual(await search(team.member, 'azaleas'), [])
  assert.deepEqual(await search(team.member, 'begon'), ['Begonias'])
  await send(team.owner, 'DELETE', `/api/tasks/${id}`)
  assert.deepEqual(await search(team.member, 'begon'), [])
})

test('shows nothing of boards that one cannot see', async () => {
  const hidden = await send<{ id: string }>(team.owner, 'POST', `/api/workspaces/${team.workspaceId}/boards`, {
    name: 'Hidden',
    visibility: 'private',
  })
  await addTask(team.owner, hidden.id, { title: 'Xylophone' })
  assert.deepEqual(await search(team.owner, 'xylo'), ['Xylophone'])
  assert.deepEqual(await search(team.member, 'xylo'), [])
  assert.deepEqual(await search(team.guest, 'water'), [])
  await expectRefused([team.stranger, 'GET', `/api/workspaces/${team.workspaceId}/search?q=water`], 404)
})

test('takes any text as words', async () => {
  for (const q of [`'; drop table task; --`, 'a & | ! b', `it's`, '\\', ':*', '(((', '<->', '"x"', '%', 'ﷺ ½ 🎉']) {
    assert.ok(Array.isArray(await search(team.member, q)), q)
  }
  await expectRefused([team.member, 'GET', `/api/workspaces/${team.workspaceId}/search?q=`], 400)
})

test.run()
