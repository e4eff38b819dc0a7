import { assert, suite } from '@taskflow/tools/suite.ts'
import type { InboxPage } from '@taskflow/shared/dto/notification.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Member } from '@taskflow/shared/dto/workspace.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { userStream, workspaceStream } from '@taskflow/shared/names.ts'
import { write } from '../context.ts'
import { systemActor } from '../jobs/system-actor.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  addTask,
  expectRefused,
  expectSnapshotFollows,
  factsAfter,
  foundTeam,
  positionOf,
  send,
  snapshotOf,
  sqlAsOwner,
  type Team,
} from '../testing/boards.ts'
import type { Person } from '../testing/person.ts'
import { until } from '../testing/until.ts'
import { bringIn, expectWorkspaceFollows, workspaceOf } from '../testing/workspaces.ts'
import { lockWorkspace } from '../workspaces/workspaces.access.ts'

const test = suite('members')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
})
test.after(() => app?.close())

const path = (person: Person) => `/api/workspaces/${team.workspaceId}/members/${person.userId}`
const setRole = (person: Person, role: string) => send<Member>(team.owner, 'PATCH', path(person), { role })
const remove = (person: Person) => send(team.owner, 'DELETE', path(person))

async function newMember(name: string, role = 'member') {
  const person = await app.signUp(name)
  await bringIn(team.owner, team.workspaceId, person, { role })
  return person
}

/** A private board that was there before the test began. */
async function boardOf(...people: Person[]) {
  const id = newId()
  await sqlAsOwner(
    app,
    `insert into board (id, workspace_id, key, name, visibility) values ($1, $2, $3, 'Plans', 'private')`,
    [id, team.workspaceId, id],
  )
  for (const { userId } of people)
    await sqlAsOwner(app, `insert into board_member values ($1, $2, $3, 'editor')`, [team.workspaceId, id, userId])
  return id
}

test('a role change reaches the workspace and every board that shows the person', async () => {
  const ida = await newMember('Ida')
  const facts = await expectWorkspaceFollows(team.owner, team.workspaceId, () =>
    expectSnapshotFollows(team.owner, team.boardId, () => setRole(ida, 'admin')),
  )
  assert.deepEqual(
    facts.map(({ type, data }) => [type, data]),
    [['member.changed', { id: ida.userId, role: 'admin' }]],
  )
})

test('somebody who leaves is gone from every list and from the tasks they had', async () => {
  const ida = await newMember('Ida')
  const task = await addTask(team.owner, team.boardId, { title: 'Hers', assigneeIds: [ida.userId, team.owner.userId] })
  const mine = await positionOf(ida, userStream(ida.userId))
  const [left] = await expectWorkspaceFollows(team.owner, team.workspaceId, async () => {
    const [revoked] = await expectSnapshotFollows(team.owner, team.boardId, () => send(ida, 'DELETE', path(ida)))
    assert.equal(revoked!.type, 'access.revoked')
    assert.equal((revoked!.data as { acl: number }).acl, revoked!.seq)
  })
  assert.equal(left!.type, 'member.left')
  assert.equal((left!.data as { acl: number }).acl, left!.seq)
  const { assigneeIds } = await send<{ assigneeIds: string[] }>(team.owner, 'GET', `/api/tasks/${task.id}`)
  assert.deepEqual(assigneeIds, [team.owner.userId])
  const told = await factsAfter(ida, userStream(ida.userId), mine)
  assert.ok(told.some(({ type }) => type === 'access.revoked'))
  for (const stream of [workspaceStream(team.workspaceId), `b:${team.boardId}`])
    await expectRefused([ida, 'GET', `/api/streams/${stream}/ticket`], 404, 'streams.not_found')
})

test('somebody who is being assigned while they leave ends up on no task, and every screen agrees', async () => {
  const tasks = await Promise.all([1, 2, 3].map((n) => addTask(team.owner, team.boardId, { title: `Task ${n}` })))
  for (let round = 0; round < 8; round++) {
    const ida = await newMember(`Ida${round}`)
    const assigneeIds = [ida.userId]
    const assign = (id: string) => team.owner.fetch(`/api/tasks/${id}/assignees/${ida.userId}`, { method: 'PUT' })
    const create = () =>
      team.owner.fetch(`/api/boards/${team.boardId}/tasks`, { method: 'POST', body: { title: 'New', assigneeIds } })
    await expectSnapshotFollows(team.owner, team.boardId, () =>
      Promise.all([
        ...tasks.map(({ id }) => assign(id)),
        create(),
        remove(ida),
        create(),
        ...tasks.map(({ id }) => assign(id)),
      ]),
    )
    const { tasks: cards } = await snapshotOf(team.owner, team.boardId)
    assert.ok(!cards.some((card) => card.assigneeIds.includes(ida.userId)))
  }
})

test('whoever is told of a task is told while somebody is just joining or leaving', async () => {
  const [ida, task] = await Promise.all([newMember('Ida'), addTask(team.owner, team.boardId, { title: 'Task' })])
  await write(app.deps, { actor: systemActor(team.workspaceId) }, async (ctx) => {
    await lockWorkspace(ctx, team.workspaceId)
    await send(team.owner, 'PUT', `/api/tasks/${task.id}/assignees/${ida.userId}`)
    return { status: 204 }
  })
  assert.equal((await send<InboxPage>(ida, 'GET', '/api/notifications')).unread, 1)
})

test('a board does not come into being while somebody is joining or leaving', async () => {
  const create = () =>
    team.owner.fetch(`/api/workspaces/${team.workspaceId}/boards`, { method: 'POST', body: { name: 'N' } })
  const created = Promise.withResolvers<number>()
  await write(app.deps, { actor: systemActor(team.workspaceId) }, async (ctx) => {
    await lockWorkspace(ctx, team.workspaceId)
    void create().then(({ status }) => created.resolve(status), created.reject)
    await until(async () => {
      const [row] = await sqlAsOwner<{ waiting: boolean }>(app, WAITING)
      return row!.waiting
    })
    return { status: 204 }
  })
  assert.equal(await created.promise, 201)
})

const WAITING = `
  select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
    and query like '%from workspace%') as waiting`

test('an answer about the workspace names the boards that it touched, but for those that the actor does not see', async () => {
  const ida = await newMember('Ida')
  const open = await send<{ id: string }>(team.owner, 'POST', `/api/workspaces/${team.workspaceId}/boards`, {
    name: 'O',
  })
  const secret = await boardOf(ida, team.member)
  const headers = { 'idempotency-key': newId() }
  const dismiss = () => team.owner.fetch(path(ida), { method: 'DELETE', headers })
  const [first, again] = [await dismiss(), await dismiss()]
  const positions = first.headers.get('stream-position')!
  assert.equal(again.headers.get('stream-position'), positions)
  for (const stream of [`b:${team.boardId}`, `b:${open.id}`, workspaceStream(team.workspaceId)]) {
    assert.ok(positions.includes(`${stream}=${(await positionOf(team.owner, stream)).seq}`), positions)
  }
  assert.ok(!positions.includes(secret))
  assert.ok(!positions.includes('u:'))
})

test('also one private board alone is not named to whoever does not see it, nor the workspace to a guest', async () => {
  const gil = await newMember('Gil', 'guest')
  const plans = await boardOf(team.owner, gil)
  const renamed = await gil.fetch(`/api/boards/${plans}`, { method: 'PATCH', body: { name: 'Our plans' } })
  assert.match(renamed.headers.get('stream-position')!, new RegExp(`b:${plans}=\\d+`))
  assert.doesNotMatch(renamed.headers.get('stream-position')!, /w:/)
  const dismissed = await team.admin.fetch(path(gil), { method: 'DELETE' })
  assert.match(dismissed.headers.get('stream-position')!, /^w:[^,]+$/)
})

test('a member who becomes a guest keeps only the boards that they were invited to', async () => {
  const ida = await newMember('Ida')
  const plans = await boardOf(ida, team.owner)
  await expectSnapshotFollows(team.owner, plans, () =>
    expectWorkspaceFollows(team.owner, team.workspaceId, () =>
      expectSnapshotFollows(team.owner, team.boardId, () => setRole(ida, 'guest')),
    ),
  )
  assert.ok(await snapshotOf(ida, plans))
  await expectRefused([ida, 'GET', `/api/boards/${team.boardId}`], 404)
  await expectRefused([ida, 'GET', `/api/workspaces/${team.workspaceId}`], 404)
  await expectRefused([ida, 'GET', `/api/streams/${workspaceStream(team.workspaceId)}/ticket`], 404)
})

test('a guest who becomes a member comes onto every open board', async () => {
  const gil = await newMember('Gil', 'guest')
  const [fact] = await expectSnapshotFollows(team.owner, team.boardId, () =>
    expectWorkspaceFollows(team.owner, team.workspaceId, () => setRole(gil, 'member')),
  )
  assert.equal(fact!.type, 'member.joined')
  assert.ok(await workspaceOf(gil, team.workspaceId))
})

test('a private board whose last person leaves goes to the owner', async () => {
  const ida = await newMember('Ida')
  const plans = await boardOf(ida)
  const { stream, ...before } = await snapshotOf(ida, plans)
  assert.deepEqual(
    before.members.map(({ id }) => id),
    [ida.userId],
  )
  await remove(ida)
  const { members } = await snapshotOf(team.owner, plans)
  assert.deepEqual(
    members.map(({ id, boardRole }) => [id, boardRole]),
    [[team.owner.userId, 'editor']],
  )
  const [fact] = await factsAfter(team.owner, `b:${plans}`, stream)
  assert.equal(fact!.type, 'access.revoked')
  assert.equal((fact!.data as { member: { id: string } }).member.id, team.owner.userId)
})

test('the last owner can neither leave nor be demoted', async () => {
  for (const act of [['DELETE'], ['PATCH', { role: 'admin' }]] as [string, unknown?][])
    await expectRefused([team.owner, act[0], path(team.owner), act[1]], 409, 'members.last_owner')
})

test('a workspace changes hands by making somebody else its owner', async () => {
  const other = await foundTeam(app)
  const to = (person: Person) => `/api/workspaces/${other.workspaceId}/members/${person.userId}`
  await send(other.owner, 'PATCH', to(other.member), { role: 'owner' })
  await send(other.member, 'PATCH', to(other.owner), { role: 'member' })
  await expectRefused([other.owner, 'PATCH', to(other.admin), { role: 'member' }], 403, 'access.forbidden')
  await expectRefused([other.member, 'DELETE', to(other.member)], 409, 'members.last_owner')
})

test('two owners who demote each other at the same moment leave one', async () => {
  const other = await foundTeam(app)
  const to = (person: Person) => `/api/workspaces/${other.workspaceId}/members/${person.userId}`
  await send(other.owner, 'PATCH', to(other.admin), { role: 'owner' })
  const results = await Promise.all([
    other.owner.fetch(to(other.admin), { method: 'PATCH', body: { role: 'guest' } }),
    other.admin.fetch(to(other.owner), { method: 'PATCH', body: { role: 'guest' } }),
  ])
  assert.deepEqual(results.map(({ status }) => status).sort(), [200, 403])
})

test('nobody gives a role above their own, or decides over somebody above them', async () => {
  const { admin, member, owner } = team
  await expectRefused([admin, 'PATCH', path(member), { role: 'owner' }], 403, 'members.above')
  await expectRefused([admin, 'PATCH', path(admin), { role: 'owner' }], 403, 'members.above')
  await expectRefused([admin, 'PATCH', path(owner), { role: 'member' }], 403, 'members.above')
  await expectRefused([admin, 'DELETE', path(owner)], 403, 'members.above')
  await expectRefused([member, 'PATCH', path(member), { role: 'admin' }], 403, 'access.forbidden')
  await expectRefused([owner, 'PATCH', path(member), { role: 'emperor' }], 400, 'roles.not_found')
})

test('the same role again changes nothing and says where the workspace stands', async () => {
  const answer = await team.owner.fetch(path(team.member), { method: 'PATCH', body: { role: 'member' } })
  const { seq } = await positionOf(team.owner, workspaceStream(team.workspaceId))
  assert.equal(answer.headers.get('stream-position'), `${workspaceStream(team.workspaceId)}=${seq}`)
})

test('a new name is seen on every screen that shows the person', async () => {
  const facts = await expectSnapshotFollows(team.owner, team.boardId, () =>
    expectWorkspaceFollows(team.owner, team.workspaceId, async () => {
      await send(team.member, 'PATCH', '/api/me', { name: 'Mona Lisa' })
      await send(team.member, 'PATCH', '/api/me', { timeZone: 'Asia/Tokyo' })
    }),
  )
  assert.deepEqual(
    facts.map(({ type, data }) => [type, data]),
    [['member.changed', { id: team.member.userId, name: 'Mona Lisa' }]],
  )
  await send(team.member, 'PATCH', '/api/me', { name: 'Mona' })
})

test('the list comes in pages, each member once', async () => {
  const list = (cursor = '') =>
    send<Page<Member>>(team.owner, 'GET', `/api/workspaces/${team.workspaceId}/members?limit=2${cursor}`)
  const seen: string[] = []
  for (let page = await list(); ; page = await list(`&cursor=${page.next}`)) {
    assert.ok(page.items.length <= 2)
    seen.push(...page.items.map(({ id }) => id))
    if (page.next === null) break
  }
  const { members } = await workspaceOf(team.owner, team.workspaceId)
  assert.deepEqual(seen, members.map(({ id }) => id).sort())
})

test.run()
