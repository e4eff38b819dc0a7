import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, expectRefused, expectSnapshotFollows, foundTeam, type Team } from '../testing/boards.ts'

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
