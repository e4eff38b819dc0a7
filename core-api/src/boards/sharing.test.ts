import type { Board, BoardMember } from '@taskflow/shared/dto/board.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import { boardStream, userStream, workspaceStream } from '@taskflow/shared/names.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import pg from 'pg'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  addMember,
  addTask,
  expectRefused,
  expectSnapshotFollows,
  factsAfter,
  foundTeam,
  positionOf,
  send,
  snapshotOf,
  type Team,
} from '../testing/boards.ts'
import type { Person } from '../testing/person.ts'
import { until } from '../testing/until.ts'

const test = suite('who sees a board')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
})
test.after(() => app?.close())

async function newBoard(by: Person, visibility = 'workspace') {
  const { id } = await send<Board>(by, 'POST', `/api/workspaces/${team.workspaceId}/boards`, { name: 'B', visibility })
  const path = `/api/boards/${id}`
  return {
    id,
    path,
    admit: (person: Person, role?: string, actor = by) =>
      send<BoardMember>(actor, 'PUT', `${path}/members/${person.userId}`, role ? { role } : undefined),
    dismiss: (person: Person, actor = by) => send(actor, 'DELETE', `${path}/members/${person.userId}`),
    show: (to: 'private' | 'workspace', actor = by) => send<Board>(actor, 'PATCH', path, { visibility: to }),
    members: async (person = by) => (await send<Page<BoardMember>>(person, 'GET', `${path}/members`)).items,
  }
}

const typesAfter = async (person: Person, stream: string, act: () => Promise<unknown>) => {
  const before = await positionOf(person, stream)
  await act()
  const types = (await factsAfter(person, stream, before)).map((fact) => fact.type)
  return types.filter((type) => !/^(notification|inbox)\./.test(type))
}

test('a guest sees a board once they are let in, as a viewer unless it says otherwise', async () => {
  const board = await newBoard(team.owner)
  await expectRefused([team.guest, 'GET', board.path], 404)
  const own = await typesAfter(team.guest, userStream(team.guest.userId), () => board.admit(team.guest))
  assert.deepEqual(own, ['access.granted'])
  assert.equal((await snapshotOf(team.guest, board.id)).members.find(isGuest)?.boardRole, 'viewer')
  await expectRefused([team.guest, 'POST', `${board.path}/tasks`, { title: 'x' }], 403)
  await board.admit(team.guest, 'editor')
  await addTask(team.guest, board.id, { title: 'Now I may' })
})

const isGuest = ({ id }: { id: string }) => id === team.guest.userId

test('a guest may edit a board, but not decide who sees it', async () => {
  const board = await newBoard(team.owner)
  await board.admit(team.guest, 'editor')
  await expectRefused([team.guest, 'PATCH', board.path, { visibility: 'private' }], 403)
  await expectRefused([team.guest, 'PUT', `${board.path}/members/${team.member.userId}`, {}], 403)
  await expectRefused([team.guest, 'DELETE', `${board.path}/members/${team.owner.userId}`], 403)
  await expectRefused([team.guest, 'DELETE', board.path], 403)
})

test('a role on a board decides for members, and not for owners and admins', async () => {
  const board = await newBoard(team.owner)
  await board.admit(team.member, 'viewer')
  await board.admit(team.admin, 'viewer')
  await expectRefused([team.member, 'POST', `${board.path}/tasks`, { title: 'x' }], 403)
  await expectRefused([team.member, 'PATCH', board.path, { visibility: 'private' }], 403)
  await addTask(team.admin, board.id, { title: 'Still' })
})

test('everybody who sees a board is listed', async () => {
  const board = await newBoard(team.owner)
  await board.admit(team.guest)
  const listed = (await board.members(team.guest)).map(({ id }) => id)
  const all = [team.owner, team.admin, team.member, team.guest].map(({ userId }) => userId)
  assert.deepEqual(listed.toSorted(), all.toSorted())
})

test('a board made private is taken from all but its maker and those who were named', async () => {
  const board = await newBoard(team.owner)
  await board.admit(team.guest)
  const task = await addTask(team.owner, board.id, {
    title: 'Of many',
    assigneeIds: [team.member.userId, team.admin.userId, team.guest.userId],
  })
  const told = await typesAfter(team.member, workspaceStream(team.workspaceId), () => board.show('private', team.admin))
  assert.deepEqual(told, ['board.deleted'])
  for (const person of [team.owner, team.member]) await expectRefused([person, 'GET', board.path], 404)
  await expectRefused([team.member, 'GET', `/api/streams/${boardStream(board.id)}/events?epoch=x&after=0`], 404)
  await expectRefused([team.member, 'GET', `/api/tasks/${task.id}`], 404)
  const { tasks, members } = await snapshotOf(team.admin, board.id)
  assert.deepEqual(tasks[0]!.assigneeIds, [team.admin.userId, team.guest.userId])
  assert.deepEqual(
    members.map(({ id, boardRole }) => [id, boardRole]).toSorted(),
    [
      [team.admin.userId, 'editor'],
      [team.guest.userId, 'viewer'],
    ].toSorted(),
  )
})

test('the fact of it names everybody who lost the board, with the position from which tickets are good again', async () => {
  const board = await newBoard(team.owner)
  const [fact] = await expectSnapshotFollows(team.owner, board.id, () => board.show('private'))
  assert.equal(fact!.type, 'access.revoked')
  const { userIds, acl } = fact!.data as { userIds: string[]; acl: number }
  assert.deepEqual([userIds.toSorted(), acl], [[team.admin.userId, team.member.userId].toSorted(), fact!.seq])
})

test('a board that only one person sees becomes private without a revocation', async () => {
  const alone = await app.signUp('Solo')
  const { id } = await send<{ id: string }>(alone, 'POST', '/api/workspaces', { name: 'Solo' })
  const board = await send<Board>(alone, 'POST', `/api/workspaces/${id}/boards`, { name: 'Mine' })
  const facts = await expectSnapshotFollows(alone, board.id, () =>
    send(alone, 'PATCH', `/api/boards/${board.id}`, { visibility: 'private' }),
  )
  assert.deepEqual(
    facts.map(({ type }) => type),
    ['access.granted'],
  )
})

test('a private board that is opened is there for all members again, and not for guests', async () => {
  const board = await newBoard(team.member, 'private')
  const told = await typesAfter(team.owner, workspaceStream(team.workspaceId), () => board.show('workspace'))
  assert.deepEqual(told, ['board.created'])
  await snapshotOf(team.owner, board.id)
  await expectRefused([team.guest, 'GET', board.path], 404)
})

test('what happens to a private board is told to its members alone', async () => {
  const board = await newBoard(team.member, 'private')
  await board.admit(team.admin, 'viewer')
  const quiet = await typesAfter(team.owner, workspaceStream(team.workspaceId), async () => {
    for (const reader of [team.member, team.admin]) {
      const own = await typesAfter(reader, userStream(reader.userId), async () => {
        await send(team.member, 'PATCH', board.path, { description: reader.name })
        await send(team.member, 'PUT', `${board.path}/archived`)
        await send(team.member, 'DELETE', `${board.path}/archived`)
      })
      assert.deepEqual(own, ['board.updated', 'board.archived', 'board.restored'])
    }
    const own = await typesAfter(team.admin, userStream(team.admin.userId), () =>
      send(team.member, 'DELETE', board.path),
    )
    assert.deepEqual(own, ['board.deleted'])
  })
  assert.deepEqual(quiet, [])
})

test('people leave by themselves, but a private board keeps somebody who can edit it', async () => {
  const board = await newBoard(team.member, 'private')
  await expectRefused([team.member, 'DELETE', `${board.path}/members/${team.member.userId}`], 409, 'boards.last_editor')
  await board.admit(team.admin)
  await board.admit(team.guest)
  const path = `${board.path}/members/${team.admin.userId}`
  await board.dismiss(team.member, team.member)
  await expectRefused([team.member, 'GET', board.path], 404)
  await expectRefused([team.admin, 'PUT', path, { role: 'viewer' }], 409, 'boards.last_editor')
  const own = await typesAfter(team.guest, userStream(team.guest.userId), () => board.dismiss(team.guest, team.guest))
  assert.deepEqual(own, ['access.revoked'])
  await expectRefused([team.guest, 'GET', board.path], 404)
})

test('somebody who was never named on a board can be taken off it twice, a stranger not at all', async () => {
  const board = await newBoard(team.owner)
  await board.dismiss(team.member)
  await snapshotOf(team.member, board.id)
  await expectRefused([team.owner, 'DELETE', `${board.path}/members/${team.stranger.userId}`], 404)
  await expectRefused([team.owner, 'PUT', `${board.path}/members/${team.stranger.userId}`, {}], 404)
})

test('nobody is assigned to a board that they are losing at the same moment', async () => {
  for (let round = 0; round < 5; round++) {
    const board = await newBoard(team.owner)
    const { id } = await addTask(team.owner, board.id, { title: 'Contested' })
    const assignees = `/api/tasks/${id}/assignees/${team.member.userId}`
    await expectSnapshotFollows(team.owner, board.id, () =>
      Promise.all([
        board.show('private'),
        team.owner.fetch(assignees, { method: 'PUT' }),
        team.owner.fetch(`${board.path}/tasks`, {
          method: 'POST',
          body: { title: 'New', assigneeIds: [team.member.userId] },
        }),
      ]),
    )
  }
})

test('what was begun before the right to it was lost, and would end after, is refused', async () => {
  const board = await newBoard(team.owner)
  const labels = `/api/workspaces/${team.workspaceId}/labels`
  const label = await send<{ id: string }>(team.owner, 'POST', labels, { name: 'Held', color: 'red' })
  const task = await addTask(team.owner, board.id, { title: 'Held' })
  const leaver = await app.signUp('Lea')
  await addMember(app, team.workspaceId, leaver, 'member')
  await board.admit(team.guest, 'editor')
  const create = ['label', label.id, 'POST', `${board.path}/tasks`, { title: 'Late', labelIds: [label.id] }] as const
  const edit = ['task', task.id, 'PATCH', `/api/tasks/${task.id}`, { title: 'Late' }] as const
  const archive = () => send(team.owner, 'PUT', `${board.path}/archived`)
  const remove = () => send(team.owner, 'DELETE', `/api/workspaces/${team.workspaceId}/members/${leaver.userId}`)
  const rounds = [
    [leaver, create, remove, 404],
    [team.guest, create, () => board.admit(team.guest, 'viewer'), 403],
    [team.member, edit, () => board.admit(team.member, 'commenter'), 403],
    [team.admin, create, archive, 409],
  ] as const
  for (const [person, [table, row, method, path, body], lose, status] of rounds) {
    const answer = await whileHeld(table, row, () => person.fetch(path, { method, body }), lose)
    assert.equal(answer.status, status)
  }
  const { tasks } = await snapshotOf(team.owner, board.id)
  assert.deepEqual(
    tasks.map(({ title }) => title),
    ['Held'],
  )
})

test('whoever changes their name while they come onto a board is there by the new one', async () => {
  const [named, opened] = [await newBoard(team.owner, 'private'), await newBoard(team.owner, 'private')]
  const coming = [
    [named, () => named.admit(team.member)],
    [opened, () => opened.show('workspace')],
  ] as const
  for (const [{ id }, come] of coming) {
    await expectSnapshotFollows(team.owner, id, () =>
      whileHeld('auth_user', team.member.userId, come as () => Promise<unknown>, (client) =>
        client.query(`update auth_user set name = name || ' I' where id = $1`, [team.member.userId]),
      ),
    )
  }
})

const IS_WAITED_FOR = 'select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))'

/** An act waits for a row, and goes on when another is done. */
async function whileHeld<T>(
  table: string,
  id: string,
  act: () => Promise<T>,
  other: (client: pg.Client) => Promise<unknown>,
): Promise<T> {
  const client = new pg.Client(app.database.url)
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`select from ${table} where id = $1 for update`, [id])
    const acting = act()
    await until(async () => (await client.query(IS_WAITED_FOR)).rowCount)
    await other(client)
    await client.query('commit')
    return await acting
  } finally {
    await client.end()
  }
}
