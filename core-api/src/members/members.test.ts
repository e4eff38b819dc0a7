import { assert, suite } from '@taskflow/tools/suite.ts'
import type { Joined, NewInvitation, WorkspaceSnapshot } from '@taskflow/shared/dto/workspace.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, expectRefused, expectSnapshotFollows, foundTeam, send, snapshotOf, type Team } from '../testing/boards.ts'

const test = suite('members')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
})
test.after(() => app?.close())

const invite = (body: Record<string, unknown>) =>
  send<NewInvitation>(team.owner, 'POST', `/api/workspaces/${team.workspaceId}/invitations`, body)

test('somebody who accepts is on the workspace and on each of its open boards', async () => {
  const ida = await app.signUp('Ida')
  const { token } = await invite({ role: 'member' })
  const [fact] = await expectSnapshotFollows(team.owner, team.boardId, async () => {
    const joined = await send<Joined>(ida, 'POST', `/api/invitations/${token}/accept`)
    assert.equal(joined.id, team.workspaceId)
  })
  assert.equal(fact!.type, 'member.joined')
  assert.ok(await snapshotOf(ida, team.boardId))
})

test.run()
