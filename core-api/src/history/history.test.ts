import type { HistoryItem } from '@taskflow/shared/dto/history.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, expectRefused, foundTeam, send, snapshotOf, type Team } from '../testing/boards.ts'
import type { Person } from '../testing/person.ts'

const test = suite('history')
let app: TestApp
let team: Team
let hidden: string

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
  const board = { name: 'Hidden', visibility: 'private' }
  hidden = (await send<{ id: string }>(team.owner, 'POST', `/api/workspaces/${team.workspaceId}/boards`, board)).id
})
test.after(() => app?.close())

const list = (person: Person, path: string) => send<Page<HistoryItem>>(person, 'GET', path)
const tell = ({ items }: Page<HistoryItem>) => items.map(({ type, actor }) => `${actor.name}: ${type}`)

test('of a task tells who did what, the newest first', async () => {
  const { id } = await addTask(team.owner, team.boardId, { title: 'Draft' })
  await send(team.member, 'PATCH', `/api/tasks/${id}`, { title: 'Final', description: 'Secret words' })
  await send(team.admin, 'PUT', `/api/tasks/${id}/position`, { columnId: team.columns[1].id })
  const comment = await send<{ id: string }>(team.admin, 'POST', `/api/tasks/${id}/comments`, { body: 'Taken back' })
  await send(team.admin, 'DELETE', `/api/comments/${comment.id}`)
  const history = await list(team.member, `/api/tasks/${id}/history`)
  assert.deepEqual(tell(history), [
    'Adam: comment.deleted',
    'Adam: comment.created',
    'Adam: task.moved',
    'Mona: task.updated',
    'Olga: task.created',
  ])
  const [, commented, moved, updated, created] = history.items
  assert.deepEqual(updated!.changes, { title: 'Final' })
  assert.deepEqual(updated!.fields.sort(), ['description', 'title'])
  assert.equal(moved!.changes.columnId, team.columns[1].id)
  assert.equal(moved!.changes.fromColumnId, team.columns[0].id)
  assert.equal(created!.changes.title, 'Draft')
  assert.equal(updated!.task!.title, 'Final')
  assert.doesNotMatch(JSON.stringify(commented), /Taken back/)
})

test('comes in pages without gaps or repeats', async () => {
  const { id } = await addTask(team.owner, team.boardId, { title: 'Paged' })
  for (const priority of ['high', 'low', 'none']) await send(team.owner, 'PATCH', `/api/tasks/${id}`, { priority })
  for (const path of [
    `tasks/${id}/history`,
    `boards/${team.boardId}/history`,
    `workspaces/${team.workspaceId}/activity`,
  ]) {
    const whole = await list(team.member, `/api/${path}?limit=200`)
    const paged: HistoryItem[] = []
    for (let next: string | null = ''; next !== null;) {
      const page: Page<HistoryItem> = await list(team.member, `/api/${path}?limit=2${next && `&cursor=${next}`}`)
      paged.push(...page.items)
      next = page.next
    }
    assert.deepEqual(paged, whole.items)
    assert.ok(paged.length > 3)
  }
})

test('of a board is what its stream says', async () => {
  const { stream } = await snapshotOf(team.member, team.boardId)
  const { items } = await list(team.member, `/api/boards/${team.boardId}/history?limit=200`)
  assert.deepEqual(
    items.map(({ seq }) => seq),
    Array.from({ length: stream.seq }, (_, i) => stream.seq - i),
  )
})

test('shows nothing of boards that one cannot see, and follows a task that was moved', async () => {
  const { id } = await addTask(team.owner, hidden, { title: 'From the dark' })
  const activity = (person: Person) => list(person, `/api/workspaces/${team.workspaceId}/activity`)
  assert.match(JSON.stringify(await activity(team.owner)), /From the dark/)
  assert.doesNotMatch(JSON.stringify(await activity(team.member)), /From the dark/)
  assert.deepEqual((await activity(team.guest)).items, [])
  await expectRefused([team.member, 'GET', `/api/tasks/${id}/history`], 404)
  await expectRefused([team.member, 'GET', `/api/boards/${hidden}/history`], 404)
  await expectRefused([team.stranger, 'GET', `/api/workspaces/${team.workspaceId}/activity`], 404)
  await send(team.owner, 'PUT', `/api/tasks/${id}/position`, { columnId: team.columns[0].id })
  assert.deepEqual(tell(await list(team.owner, `/api/tasks/${id}/history`)), ['Olga: task.moved', 'Olga: task.created'])
  assert.deepEqual(tell(await list(team.member, `/api/tasks/${id}/history`)), ['Olga: task.moved'])
})

test.run()
