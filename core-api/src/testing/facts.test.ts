import { events, type EventType } from '@taskflow/shared/events/all.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from './app.ts'
import { expectSnapshotFollows, foundTeam, send, snapshotOf, type Team } from './boards.ts'
import { elsewhere, type FactCase, factCases } from './fact-cases.ts'

const test = suite('a board that is followed by its facts')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
})
test.after(() => app?.close())

async function play(type: EventType, prepare: FactCase): Promise<void> {
  const { owner, workspaceId } = team
  const board = await send<{ id: string }>(owner, 'POST', `/api/workspaces/${workspaceId}/boards`, { name: 'Stage' })
  const { columns } = await snapshotOf(owner, board.id)
  const stage = { ...team, app, boardId: board.id, columns: columns as Team['columns'] }
  const { act, boardId = board.id } = await prepare(stage)
  const facts = await expectSnapshotFollows(owner, boardId, act)
  assert.ok(
    facts.some((fact) => fact.type === type),
    `${facts.map((fact) => fact.type)}`,
  )
}

for (const [type, cases] of factCases.flatMap((list) => Object.entries(list))) {
  cases.forEach((prepare, i) =>
    test(`is the board as it is now: ${type}${i === 0 ? '' : ` ${i + 1}`}`, () => play(type as EventType, prepare)),
  )
}

test('leaves out no type of fact', () => {
  const covered = new Set([...factCases.flatMap((list) => Object.keys(list)), ...Object.keys(elsewhere)])
  assert.deepEqual(
    Object.keys(events).filter((type) => !covered.has(type)),
    [],
  )
})
