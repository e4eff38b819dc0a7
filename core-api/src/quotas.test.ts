import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { QUOTAS } from './quotas.ts'
import { createTestApp, type TestApp } from './testing/app.ts'
import { send, sqlAsOwner } from './testing/boards.ts'
import type { Person } from './testing/person.ts'
import { invite } from './testing/workspaces.ts'

const test = suite('quotas')
const AT_ONCE = 50
const ROOM = 3
let app: TestApp
let owner: Person
let workspaceId: string

test.before(async () => {
  app = await createTestApp({ RATE_LIMIT_SCALE: '1' })
  owner = await app.signUp('Olga')
  workspaceId = (await send<{ id: string }>(owner, 'POST', '/api/workspaces', { name: 'Acme' })).id
})
test.after(() => app?.close())

/** Fifty ask at once for what there is room for three times. */
async function askAtOnce(path: string, body: (i: number) => unknown, room = ROOM) {
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, i) => owner.fetch(path, { method: 'POST', body: body(i) })),
  )
  const statuses = answers.map(({ status }) => status)
  assert.equal(statuses.filter((status) => status === 201).length, room, `${[...new Set(statuses)]}`)
  assert.equal(statuses.filter((status) => status === 422).length, AT_ONCE - room)
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const ids = (count: number) => numbers(count).map(() => newId())

test('hold for boards when fifty ask at once', async () => {
  await sqlAsOwner(
    app,
    `insert into board (id, workspace_id, key, name, visibility) select id, $1, id::text, 'B', 'workspace' from unnest($2::uuid[]) id`,
    [workspaceId, ids(QUOTAS.boards.limit - 1 - ROOM)],
  )
  await askAtOnce(`/api/workspaces/${workspaceId}/boards`, (i) => ({ name: `Board ${i}` }))
})

test('hold for labels and roles when fifty ask at once', async () => {
  await sqlAsOwner(
    app,
    `insert into label (id, workspace_id, name, color) select id, $1, id::text, 'red' from unnest($2::uuid[]) id`,
    [workspaceId, ids(QUOTAS.labels.limit - ROOM)],
  )
  await askAtOnce(`/api/workspaces/${workspaceId}/labels`, (i) => ({ name: `Label ${i}` }))
  await sqlAsOwner(
    app,
    `insert into workspace_role (workspace_id, key, name, permissions) select $1, 'r' || n, 'R', '{}' from unnest($2::int[]) n`,
    [workspaceId, numbers(QUOTAS.roles.limit - ROOM)],
  )
  await askAtOnce(`/api/workspaces/${workspaceId}/roles`, (i) => ({ key: `k${i}`, name: 'K', permissions: [] }))
})

test('hold for members when more accept than there is room for', async () => {
  const { token } = await invite(owner, workspaceId, { role: 'member' })
  const people: Person[] = []
  for (const i of numbers(2 * ROOM)) people.push(await app.signUp(`Person${i}`))
  await sqlAsOwner(
    app,
    `with p as (insert into auth_user (id, name, email) select id, 'P', id::text from unnest($2::uuid[]) id returning id)
     insert into workspace_member (workspace_id, user_id, role) select $1, id, 'guest' from p`,
    [workspaceId, ids(QUOTAS.members.limit - 1 - ROOM)],
  )
  const answers = await Promise.all(
    people.map((person) => person.fetch(`/api/invitations/${token}/accept`, { method: 'POST' })),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 422, 422, 422])
})

test('hold for invitations by e-mail, which count per day', async () => {
  const sent = QUOTAS.invitationMailsPerDay.limit - ROOM
  await sqlAsOwner(
    app,
    `insert into invitation (id, workspace_id, email, role, token_hash, expires_at)
     select id, $1, 'x@example.org', 'member', id::text, now() from unnest($2::uuid[]) id`,
    [workspaceId, ids(sent)],
  )
  await askAtOnce(`/api/workspaces/${workspaceId}/invitations`, (i) => ({ email: `p${i}@example.org` }))
})

test('hold for the workspaces of a person', async () => {
  await sqlAsOwner(
    app,
    `with w as (insert into workspace (id, name) select id, 'W' from unnest($2::uuid[]) id returning id)
     insert into workspace_member (workspace_id, user_id, role) select id, $1, 'owner' from w`,
    [owner.userId, ids(QUOTAS.workspacesOfPerson.limit - 1 - ROOM)],
  )
  await askAtOnce('/api/workspaces', (i) => ({ name: `W${i}` }))
})

test.run()
