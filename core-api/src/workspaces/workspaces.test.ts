import { newId } from '@taskflow/shared/ids.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Me, Workspace, WorkspaceOfMine } from '@taskflow/shared/dto/workspace.ts'
import { userStream, workspaceStream } from '@taskflow/shared/names.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { expectRefused, factsAfter, foundTeam, positionOf, send, snapshotOf, sqlAsOwner } from '../testing/boards.ts'
import { expectWorkspaceFollows, workspaceOf } from '../testing/workspaces.ts'

const test = suite('workspaces')
let app: TestApp

test.before(async () => {
  app = await createTestApp()
})
test.after(() => app?.close())

test('a new one has its founder as owner and one board of three columns, and the founder hears of it', async () => {
  const ada = await app.signUp('Ada')
  const mine = await positionOf(ada, userStream(ada.userId))
  const answer = await ada.fetch('/api/workspaces', { method: 'POST', body: { name: ' Acme ' } })
  const workspace = (await answer.json()) as Workspace
  assert.equal(answer.status, 201)
  assert.match(answer.headers.get('stream-position')!, new RegExp(`w:${workspace.id}=1`))
  const { boards, members, stream } = await workspaceOf(ada, workspace.id)
  assert.deepEqual([workspace.name, boards.length, members[0]!.role, stream.seq], ['Acme', 1, 'owner', 1])
  const { columns } = await snapshotOf(ada, boards[0]!.id)
  assert.deepEqual(
    columns.map(({ name, done }) => [name, done]),
    [
      ['To do', false],
      ['Doing', false],
      ['Done', true],
    ],
  )
  const [told] = await factsAfter(ada, userStream(ada.userId), mine)
  assert.deepEqual([told!.type, told!.data], ['access.granted', { userId: ada.userId, workspaceId: workspace.id }])
})

test('the same id from the same person is the same workspace, also twenty times at once; from another it is refused', async () => {
  const [ada, bob] = [await app.signUp('Ada'), await app.signUp('Bob')]
  const body = { id: newId(), name: 'Acme' }
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => (await ada.fetch('/api/workspaces', { method: 'POST', body })).status),
  )
  assert.deepEqual(new Set(answers), new Set([201]))
  assert.equal((await send<Page<WorkspaceOfMine>>(ada, 'GET', '/api/workspaces')).items.length, 1)
  await expectRefused([bob, 'POST', '/api/workspaces', body], 409, 'workspaces.id_taken')
  await expectRefused([bob, 'GET', `/api/workspaces/${body.id}`], 404, 'workspaces.not_found')
})

test('its snapshot answers 304 to whoever has it, until something changes', async () => {
  const team = await foundTeam(app)
  const path = `/api/workspaces/${team.workspaceId}`
  const etag = (await team.member.fetch(path)).headers.get('etag')!
  const again = async () => (await team.member.fetch(path, { headers: { 'if-none-match': etag } })).status
  assert.equal(await again(), 304)
  assert.equal((await team.member.fetch(path, { headers: { 'if-none-match': `"other", W/${etag}` } })).status, 304)
  assert.equal((await team.stranger.fetch(path, { headers: { 'if-none-match': etag } })).status, 404)
  await send(team.owner, 'PATCH', path, { name: 'Acme & Sons' })
  assert.equal(await again(), 200)
})

test('a new name reaches members and guests', async () => {
  const team = await foundTeam(app)
  const at = await positionOf(team.guest, userStream(team.guest.userId))
  const path = `/api/workspaces/${team.workspaceId}`
  await expectWorkspaceFollows(team.member, team.workspaceId, () => send(team.admin, 'PATCH', path, { name: 'New' }))
  assert.equal((await factsAfter(team.guest, userStream(team.guest.userId), at))[0]!.type, 'workspace.updated')
  await expectRefused([team.member, 'PATCH', path, { name: 'Mine' }], 403, 'access.forbidden')
  await expectRefused([team.stranger, 'PATCH', path, { name: 'Mine' }], 404, 'workspaces.not_found')
})

test('of no guest is more shown than the workspaces and boards that they were invited to', async () => {
  const { guest, workspaceId } = await foundTeam(app)
  for (const path of ['', '/members', '/roles', `/members/${guest.userId}`])
    await expectRefused([guest, 'GET', `/api/workspaces/${workspaceId}${path}`], 404, 'workspaces.not_found')
  await expectRefused([guest, 'GET', `/api/streams/${workspaceStream(workspaceId)}/events?epoch=x&after=0`], 404)
})

test('only an owner deletes one; then nothing of it is left, and everybody hears of it', async () => {
  const team = await foundTeam(app)
  const path = `/api/workspaces/${team.workspaceId}`
  await send(team.owner, 'POST', `/api/boards/${team.boardId}/tasks`, { title: 'One' })
  await expectRefused([team.admin, 'DELETE', path], 403, 'access.forbidden')
  const at = await positionOf(team.guest, userStream(team.guest.userId))
  await send(team.owner, 'DELETE', path)
  assert.deepEqual((await send<Me>(team.member, 'GET', '/api/me')).workspaces, [])
  await expectRefused([team.owner, 'GET', path], 404)
  await expectRefused([team.owner, 'GET', `/api/boards/${team.boardId}`], 404)
  assert.equal((await factsAfter(team.guest, userStream(team.guest.userId), at))[0]!.type, 'access.revoked')
  for (const table of ['board', 'board_column', 'task', 'workspace_member'])
    assert.deepEqual(await sqlAsOwner(app, `select from ${table} where workspace_id = $1`, [team.workspaceId]), [])
})

test('the list of one’s own comes in pages', async () => {
  const ada = await app.signUp('Ada')
  for (const name of ['One', 'Two', 'Three']) await send(ada, 'POST', '/api/workspaces', { name })
  const first = await send<Page<WorkspaceOfMine>>(ada, 'GET', '/api/workspaces?limit=2')
  const rest = await send<Page<WorkspaceOfMine>>(ada, 'GET', `/api/workspaces?limit=2&cursor=${first.next}`)
  assert.deepEqual(
    [...first.items, ...rest.items].map(({ name }) => name),
    ['One', 'Two', 'Three'],
  )
  assert.equal(rest.next, null)
})

test.run()
