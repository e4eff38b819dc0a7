import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { sweepFiles } from '../attachments/sweeping.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, expectRefused, factsAfter, foundTeam, positionOf, send, type Team } from '../testing/boards.ts'
import { createTestClock } from '../testing/clock.ts'
import { emptyTrash } from './emptying.ts'

const DAY_MS = 24 * 3_600_000

const test = suite('the trash, as time goes by')
const clock = createTestClock()
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp({}, clock)
  team = await foundTeam(app)
})
test.after(() => app?.close())

async function thrownAway(title: string): Promise<string> {
  const { id } = await addTask(team.owner, team.boardId, { title })
  await send(team.owner, 'DELETE', `/api/tasks/${id}`)
  return id
}

async function passDays(days: number) {
  clock.advance(days * DAY_MS)
  await emptyTrash(app.deps)
}

const inTrash = async () =>
  (await send<Page<ListedTask>>(team.owner, 'GET', `/api/boards/${team.boardId}/tasks?state=trash`)).items.map(
    ({ title }) => title,
  )

test('what has lain there for 30 days is gone, told by the system; what came later stays', async () => {
  const [old, back] = [await thrownAway('Old'), await thrownAway('Back')]
  const kept = await addTask(team.owner, team.boardId, { title: 'Never thrown away' })
  await passDays(29)
  await thrownAway('Younger')
  await send(team.owner, 'PUT', `/api/tasks/${back}/restored`)
  assert.deepEqual(await inTrash(), ['Younger', 'Old'])
  const stream = await positionOf(team.owner, boardStream(team.boardId))
  await passDays(1)
  assert.deepEqual(await inTrash(), ['Younger'])
  await expectRefused([team.owner, 'GET', `/api/tasks/${old}`], 404, 'tasks.not_found')
  for (const id of [back, kept.id]) await send(team.owner, 'GET', `/api/tasks/${id}`)
  const facts = await factsAfter(team.owner, stream.id, stream)
  assert.deepEqual(
    facts.map(({ type, actor, data }) => [type, actor.kind, (data as { id: string }).id]),
    [['task.deleted', 'system', old]],
  )
})

test('its files go with it, and an archived board keeps its trash no longer', async () => {
  const id = await thrownAway('With a file')
  await send(team.owner, 'PUT', `/api/tasks/${id}/restored`)
  const headers = { authorization: `Bearer ${team.owner.token}`, 'x-file-name': 'note.txt' }
  const sent = await fetch(`${app.url}/api/tasks/${id}/attachments`, { method: 'POST', headers, body: 'a note' })
  assert.equal(sent.status, 201)
  await send(team.owner, 'DELETE', `/api/tasks/${id}`)
  await send(team.owner, 'PUT', `/api/boards/${team.boardId}/archived`)
  const stored = async () => (await readdir(join(app.dataDir, 'attachments', team.workspaceId))).length
  const before = await stored()
  await passDays(30)
  await sweepFiles(app.deps)
  assert.equal(await stored(), before - 1)
  await expectRefused([team.owner, 'GET', `/api/tasks/${id}`], 404, 'tasks.not_found')
})

test.run()
