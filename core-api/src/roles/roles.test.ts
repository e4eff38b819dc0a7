import type { CustomRole, Me } from '@taskflow/shared/dto/workspace.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, expectRefused, foundTeam, send, snapshotOf, type Team } from '../testing/boards.ts'
import { bringIn, expectWorkspaceFollows, invite } from '../testing/workspaces.ts'

const test = suite('custom roles')
let app: TestApp
let team: Team
let roles: string

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
  roles = `/api/workspaces/${team.workspaceId}/roles`
})
test.after(() => app?.close())

test('a role is made, changed and deleted, and every member hears of it', async () => {
  const facts = await expectWorkspaceFollows(team.member, team.workspaceId, async () => {
    const role = await send<CustomRole>(team.owner, 'POST', roles, { name: 'Planner', permissions: ['task:*'] })
    assert.deepEqual(role, { key: 'planner', name: 'Planner', permissions: ['task:*'], version: 1 })
    await send(team.admin, 'PATCH', `${roles}/planner`, { permissions: ['comment:*', 'task:*'] })
    await send(team.owner, 'POST', roles, { name: 'Short-lived', permissions: [] })
    await send(team.owner, 'DELETE', `${roles}/short-lived`)
  })
  assert.deepEqual(
    facts.map(({ type }) => type),
    ['role.created', 'role.updated', 'role.created', 'role.deleted'],
  )
})

test('somebody with it may do what it says, sees what members see, and no more', async () => {
  await send(team.owner, 'POST', roles, { key: 'commenter', name: 'Commenter', permissions: ['comment:*'] })
  const cara = await app.signUp('Cara')
  await bringIn(team.owner, team.workspaceId, cara, { role: 'commenter' })
  assert.ok(await snapshotOf(cara, team.boardId))
  await expectRefused([cara, 'POST', `/api/boards/${team.boardId}/tasks`, { title: 'No' }], 403, 'access.forbidden')
  await send(team.owner, 'PATCH', `${roles}/commenter`, { permissions: ['task:write'] })
  assert.ok(await addTask(cara, team.boardId, { title: 'Yes' }))
  const { workspaces } = await send<Me>(cara, 'GET', '/api/me')
  assert.deepEqual(workspaces[0]!.permissions, ['workspace:read', 'member:read', 'board:read', 'task:write'])
})

test('a role that somebody has, or is invited to, cannot be deleted', async () => {
  await expectRefused([team.owner, 'DELETE', `${roles}/commenter`], 409, 'roles.in_use')
  await send(team.owner, 'POST', roles, { key: 'promised', name: 'Promised', permissions: [] })
  const { id } = await invite(team.owner, team.workspaceId, { role: 'promised' })
  await expectRefused([team.owner, 'DELETE', `${roles}/promised`], 409, 'roles.in_use')
  await send(team.owner, 'DELETE', `/api/invitations/${id}`)
  await send(team.owner, 'DELETE', `${roles}/promised`)
})

test('permissions come from a known list, keys are words that are free', async () => {
  const create = (body: Record<string, unknown>, status: number, code: string) =>
    expectRefused([team.owner, 'POST', roles, { name: 'X', permissions: [], ...body }], status, code)
  await create({ permissions: ['*'] }, 400, 'request.invalid')
  await create({ permissions: ['workspace:delete'] }, 400, 'request.invalid')
  await create({ key: 'Not a word' }, 400, 'request.invalid')
  await create({ version: 7 }, 400, 'request.invalid')
  await create({ key: 'owner' }, 409, 'roles.key_taken')
  await create({ key: 'commenter' }, 409, 'roles.key_taken')
})

test('a name without letters still gets a key', async () => {
  const { key } = await send<CustomRole>(team.owner, 'POST', roles, { name: '計画', permissions: [] })
  assert.equal(key, 'role')
})

test('nobody makes or hands out a role that may do what they may not', async () => {
  await send(team.owner, 'POST', roles, { key: 'recruiter', name: 'Recruiter', permissions: ['member:*', 'role:*'] })
  const rita = await app.signUp('Rita')
  await bringIn(team.owner, team.workspaceId, rita, { role: 'recruiter' })
  await expectRefused([rita, 'POST', roles, { name: 'X', permissions: ['audit:read'] }], 403, 'members.above')
  await expectRefused([rita, 'PATCH', `${roles}/recruiter`, { permissions: ['board:*'] }], 403, 'members.above')
  const invitations = `/api/workspaces/${team.workspaceId}/invitations`
  await expectRefused([rita, 'POST', invitations, { role: 'admin' }], 403, 'members.above')
  await expectRefused([rita, 'POST', invitations, { role: 'member' }], 403, 'members.above')
  assert.ok(await invite(rita, team.workspaceId, { role: 'guest' }))
})

test.run()
