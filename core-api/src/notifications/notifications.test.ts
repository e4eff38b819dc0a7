import type { BoardSnapshot } from '@taskflow/shared/dto/board.ts'
import type { Notification } from '@taskflow/shared/dto/notification.ts'
import type { Comment, Task } from '@taskflow/shared/dto/task.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, expectRefused, foundTeam, send, sqlAsOwner, type Team } from '../testing/boards.ts'
import { expectInboxFollows, inboxOf } from '../testing/inbox.ts'
import type { Person } from '../testing/person.ts'
import { type NewsForMany, tellMany } from './telling-many.ts'

const test = suite('notifications')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp()
})
test.before.each(async () => {
  team = await foundTeam(app)
})
test.after(() => app?.close())

const task = (input: object = {}, by = team.owner) => addTask(by, team.boardId, { title: 'Fix login', ...input })
const comment = (by: Person, taskId: string, body: string) =>
  send<Comment>(by, 'POST', `/api/tasks/${taskId}/comments`, { body })
const assign = (person: Person, taskId: string, by = team.owner) =>
  send(by, 'PUT', `/api/tasks/${taskId}/assignees/${person.userId}`)
const watch = (person: Person, taskId: string) => send(person, 'PUT', `/api/tasks/${taskId}/watchers/${person.userId}`)
const only = async (person: Person): Promise<Notification> => {
  const { items } = await inboxOf(person)
  assert.equal(items.length, 1)
  return items[0]!
}
const reasonsOf = async (person: Person) => (await inboxOf(person)).items.map(({ reason }) => reason)

test('whoever is assigned is told at once, and then how much there is to read', async () => {
  const { id, key } = await task()
  const facts = await expectInboxFollows(app, team.member, () => assign(team.member, id))
  assert.deepEqual(
    facts.map(({ type, data }) => [type, (data as { unread: number }).unread]),
    [
      ['notification.created', 1],
      ['inbox.counted', 1],
    ],
  )
  const notification = await only(team.member)
  assert.deepEqual(
    [notification.key, notification.title, notification.reason, notification.unreadCount, notification.taskId],
    [key, 'Fix login', 'assigned', 1, id],
  )
  assert.deepEqual(
    notification.actors.map(({ name }) => name),
    ['Olga'],
  )
  assert.equal((await send<{ unread: number }>(team.member, 'GET', '/api/me')).unread, 1)
  assert.deepEqual(await send(team.member, 'GET', '/api/notifications/count'), { unread: 1 })
})

test('nobody is told of what they do themselves', async () => {
  const { id } = await task({ assigneeIds: [team.owner.userId], description: 'For @Olga' })
  await comment(team.owner, id, 'I, @Olga, do it')
  await send(team.owner, 'PUT', `/api/tasks/${id}/closed`)
  assert.deepEqual((await inboxOf(team.owner)).items, [])
})

test('one notification per task grows, and keeps the strongest reason until it is read', async () => {
  const { id } = await task({ assigneeIds: [team.member.userId] })
  await comment(team.admin, id, 'Look, @Mona')
  await comment(team.owner, id, 'And **this**')
  const grown = await only(team.member)
  assert.deepEqual([grown.reason, grown.unreadCount, grown.latest.type], ['mentioned', 3, 'comment.created'])
  assert.equal(grown.latest.excerpt, 'And **this**')
  assert.deepEqual(
    grown.actors.map(({ name }) => name),
    ['Olga', 'Adam'],
  )
  await send(team.member, 'PUT', `/api/notifications/${grown.id}/read`)
  await comment(team.admin, id, 'Once more')
  const again = await only(team.member)
  assert.deepEqual([again.id, again.reason, again.unreadCount, again.readAt], [grown.id, 'commented', 1, null])
})

test('those whose task it is and those who watch it hear of comments and of a new column', async () => {
  const { id } = await task({ assigneeIds: [team.member.userId] })
  await watch(team.admin, id)
  await comment(team.member, id, 'On it')
  assert.deepEqual(await reasonsOf(team.owner), ['commented'])
  assert.deepEqual(await reasonsOf(team.admin), ['commented'])
  const [, doing] = team.columns
  await expectInboxFollows(app, team.admin, () =>
    send(team.member, 'PUT', `/api/tasks/${id}/position`, { columnId: doing.id }),
  )
  const { latest, unreadCount } = await only(team.admin)
  assert.deepEqual([latest.type, latest.excerpt, unreadCount], ['task.moved', doing.name, 2])
  await send(team.member, 'PUT', `/api/tasks/${id}/position`, { columnId: doing.id, after: null })
  assert.equal((await only(team.admin)).unreadCount, 2)
})

test('a mention in a description, and one that an edit adds, is told to those it calls', async () => {
  const { id } = await task({ description: 'For @Adam' })
  assert.deepEqual(await reasonsOf(team.admin), ['mentioned'])
  await send(team.owner, 'PATCH', `/api/tasks/${id}`, { description: 'For @Adam and @Mona' })
  assert.equal((await only(team.admin)).unreadCount, 1)
  assert.deepEqual(await reasonsOf(team.member), ['mentioned'])
  const { id: commentId } = await comment(team.owner, id, 'Hi')
  await send(team.owner, 'PATCH', `/api/comments/${commentId}`, { body: 'Hi @Adam' })
  assert.equal((await only(team.admin)).unreadCount, 2)
})

/** A job that had to wait: it names the task as it was. */
const ofAnOldComment = (taskId: string, { userId }: Person): NewsForMany => ({
  workspaceId: team.workspaceId,
  txn: newId(),
  at: '2001-01-01T00:00:00.000Z',
  actorId: team.owner.userId,
  by: { kind: 'user', id: team.owner.userId, name: 'Olga' },
  news: [
    {
      subject: {
        workspaceId: team.workspaceId,
        boardId: team.boardId,
        taskId,
        subjectId: taskId,
        key: 'OLD-1',
        title: 'Its old name',
      },
      reason: 'commented',
      type: 'comment.created',
      userIds: [userId],
      excerpt: 'An older one',
    },
  ],
})

test('what is told late, for many were to be told, does not hide what has happened since', async () => {
  const { id } = await task({ assigneeIds: [team.member.userId] })
  await comment(team.admin, id, 'The newest')
  await tellMany(app.deps, ofAnOldComment(id, team.member))
  const { latest, unreadCount } = await only(team.member)
  assert.deepEqual([latest.excerpt, unreadCount], ['The newest', 3])
})

test('what is told late is told of the task where it is by then, and only to those who see it there', async () => {
  const { id } = await task()
  const { id: privateId } = await send<{ id: string }>(
    team.owner,
    'POST',
    `/api/workspaces/${team.workspaceId}/boards`,
    {
      name: 'Private',
      visibility: 'private',
    },
  )
  await send(team.owner, 'PUT', `/api/boards/${privateId}/members/${team.admin.userId}`, { role: 'editor' })
  const { columns } = await send<BoardSnapshot>(team.owner, 'GET', `/api/boards/${privateId}`)
  await send(team.owner, 'PUT', `/api/tasks/${id}/position`, { columnId: columns[0]!.id })
  await send(team.admin, 'POST', '/api/notifications/archive', { ids: 'all' })
  const { key } = await send<Task>(team.owner, 'GET', `/api/tasks/${id}`)
  for (const person of [team.member, team.admin]) await tellMany(app.deps, ofAnOldComment(id, person))
  assert.deepEqual((await inboxOf(team.member)).items, [])
  const [told] = (await inboxOf(team.admin, 'inbox')).items
  assert.deepEqual([told!.boardId, told!.key, told!.title], [privateId, key, 'Fix login'])
})

test('a column that is removed into a done one tells those whose tasks it closes, of each of them', async () => {
  const [todo, , done] = team.columns
  const column = await send<{ id: string }>(team.owner, 'POST', `/api/boards/${team.boardId}/columns`, {
    name: 'Going',
  })
  const assigneeIds = [team.member.userId]
  const { id: watched } = await task({ title: 'One', columnId: column.id, assigneeIds })
  await task({ title: 'Two', columnId: column.id, assigneeIds })
  await task({ title: 'Three', columnId: todo.id, assigneeIds })
  await watch(team.admin, watched)
  await send(team.member, 'POST', '/api/notifications/archive', { ids: 'all' })
  await send(team.owner, 'DELETE', `/api/columns/${column.id}?moveTo=${done.id}`)
  const [job] = await sqlAsOwner<{ data: NewsForMany }>(
    app,
    `select data from pgboss.job where name = 'notifications.tell' and data ->> 'workspaceId' = $1`,
    [team.workspaceId],
  )
  for (let times = 0; times < 2; times++) await tellMany(app.deps, job!.data)
  const told = (await inboxOf(team.member, 'inbox')).items
  assert.deepEqual(
    told.map(({ title, reason, latest, unreadCount }) => [title, reason, latest.excerpt, unreadCount]).toSorted(),
    [
      ['One', 'status_changed', done.name, 1],
      ['Two', 'status_changed', done.name, 1],
    ],
  )
  assert.equal((await only(team.admin)).title, 'One')
  assert.deepEqual((await inboxOf(team.owner)).items, [])
})

test('a comment that is deleted is gone from the inbox, and from what is still to be told', async () => {
  const { id } = await task()
  await watch(team.member, id)
  await assign(team.admin, id)
  const erase = (commentId: string) => send(team.owner, 'DELETE', `/api/comments/${commentId}`)
  const slip = await comment(team.owner, id, 'The password is hunter2, @Adam')
  const lost = await expectInboxFollows(app, team.member, async () => erase(slip.id))
  assert.deepEqual(
    lost.map(({ type }) => type),
    ['inbox.counted'],
  )
  assert.deepEqual((await inboxOf(team.member)).items, [])
  const { reason, unreadCount, latest } = await only(team.admin)
  assert.deepEqual([reason, unreadCount, latest.excerpt], ['mentioned', 1, null])
  const [kept, taken] = [await comment(team.owner, id, 'Kept'), await comment(team.owner, id, 'Taken back')]
  await erase(kept.id)
  assert.equal((await only(team.member)).latest.excerpt, 'Taken back')
  await send(team.member, 'POST', '/api/notifications/read', { ids: 'all' })
  const emptied = await expectInboxFollows(app, team.member, () => erase(taken.id))
  assert.equal(emptied[0]!.type, 'notification.created')
  const read = await only(team.member)
  assert.deepEqual([read.latest.excerpt, read.unreadCount, !!read.readAt], [null, 0, true])
  const { news, ...job } = ofAnOldComment(id, team.member)
  await tellMany(app.deps, { ...job, news: [{ ...news[0]!, commentId: taken.id }] })
  assert.equal((await only(team.member)).unreadCount, 0)
})

test('whoever is taken off a task is told', async () => {
  const { id } = await task({ assigneeIds: [team.member.userId] })
  await send(team.owner, 'DELETE', `/api/tasks/${id}/assignees/${team.member.userId}`)
  assert.equal((await only(team.member)).latest.type, 'task.unassigned')
  await send(team.member, 'POST', '/api/notifications/read', { ids: 'all' })
  await assign(team.member, id)
  await send(team.member, 'POST', '/api/notifications/read', { ids: 'all' })
  await send(team.owner, 'DELETE', `/api/tasks/${id}/assignees/${team.member.userId}`)
  assert.deepEqual(await reasonsOf(team.member), ['unassigned'])
})

test('the answer to an act names no position in the streams of those who are told, also when it is repeated', async () => {
  const { id } = await task()
  const headers = { 'idempotency-key': crypto.randomUUID() }
  const act = () => team.owner.fetch(`/api/tasks/${id}/assignees/${team.member.userId}`, { method: 'PUT', headers })
  const positions = [await act(), await act()].map((answer) => answer.headers.get('stream-position')!)
  assert.match(positions[0]!, new RegExp(`^b:${team.boardId}=\\d+$`))
  assert.equal(positions[1], positions[0])
  assert.equal((await only(team.member)).unreadCount, 1)
})

test('read, archived and snoozed are facts that every screen follows', async () => {
  const { id: taskId } = await task({ assigneeIds: [team.member.userId] })
  await task({ assigneeIds: [team.member.userId] })
  const [{ id }, { id: other }] = (await inboxOf(team.member)).items as [Notification, Notification]
  const path = `/api/notifications/${id}`
  const until = new Date(Date.now() + 3_600_000).toISOString()
  const acts: [method: string, path: string, body?: object][] = [
    ['PUT', `${path}/read`],
    ['DELETE', `${path}/read`],
    ['PUT', `${path}/archived`],
    ['DELETE', `${path}/archived`],
    ['PUT', `${path}/snoozed`, { until }],
    ['POST', '/api/notifications/read', { ids: 'all' }],
    ['DELETE', `${path}/snoozed`],
    ['POST', '/api/notifications/unread', { ids: 'all' }],
    ['POST', '/api/notifications/snooze', { ids: [id], until }],
    ['POST', '/api/notifications/snooze', { ids: 'all', until }],
    ['DELETE', `${path}/snoozed`],
    ['DELETE', `/api/notifications/${other}/snoozed`],
    ['PUT', `${path}/read`],
    ['POST', '/api/notifications/unread', { ids: [id] }],
    ['POST', '/api/notifications/archive', { ids: [id] }],
    ['POST', '/api/notifications/archive', { ids: 'all' }],
  ]
  for (const [method, address, body] of acts) {
    const facts = await expectInboxFollows(app, team.member, () => send(team.member, method, address, body))
    assert.equal(facts.length, 2, `${method} ${address}`)
    assert.equal(facts[1]!.type, 'inbox.counted')
  }
  await comment(team.owner, taskId, 'It is back')
  assert.equal((await inboxOf(team.member, 'inbox')).items.length, 1)
})

test('lists are filtered, and read page by page', async () => {
  for (let i = 0; i < 5; i++) await task({ title: `Task ${i}`, assigneeIds: [team.member.userId] })
  const [first, second] = (await inboxOf(team.member)).items
  assert.equal(first!.title, 'Task 4')
  await send(team.member, 'PUT', `/api/notifications/${first!.id}/archived`)
  await send(team.member, 'PUT', `/api/notifications/${second!.id}/read`)
  const count = async (filter: string) => (await inboxOf(team.member, filter)).items.length
  assert.deepEqual(
    await Promise.all(['inbox', 'unread', 'all', 'archived', 'snoozed', 'assigned', 'mentions'].map(count)),
    [4, 3, 5, 1, 0, 4, 0],
  )
  const titles: string[] = []
  for (let next: string | null = ''; next !== null;) {
    const cursor: string = next && `&cursor=${next}`
    const page = await send<Awaited<ReturnType<typeof inboxOf>>>(
      team.member,
      'GET',
      `/api/notifications?limit=2${cursor}`,
    )
    titles.push(...page.items.map(({ title }) => title))
    next = page.next
  }
  assert.deepEqual(titles, ['Task 3', 'Task 2', 'Task 1', 'Task 0'])
  assert.equal(
    (await send<{ items: unknown[] }>(team.member, 'GET', `/api/notifications?workspaceId=${crypto.randomUUID()}`))
      .items.length,
    0,
  )
})

test('nobody sees or changes the notifications of others', async () => {
  await task({ assigneeIds: [team.member.userId] })
  const { id } = await only(team.member)
  const path = `/api/notifications/${id}`
  await expectRefused([team.owner, 'PUT', `${path}/read`], 404, 'notifications.not_found')
  await expectRefused([team.stranger, 'PUT', `${path}/archived`], 404)
  await expectRefused([team.owner, 'POST', '/api/notifications/read', { ids: [id] }], 404)
  await expectRefused([team.member, 'PUT', `${path}/snoozed`, { until: '2001-01-01T00:00:00Z' }], 400)
})

test('a guest is told of what they see, invited to a board, and of nothing once they have lost it', async () => {
  const members = `/api/boards/${team.boardId}/members/${team.guest.userId}`
  const invited = await expectInboxFollows(app, team.guest, () => send(team.owner, 'PUT', members, { role: 'editor' }))
  assert.deepEqual(
    invited.map(({ type }) => type),
    ['notification.created', 'inbox.counted'],
  )
  assert.deepEqual(await reasonsOf(team.guest), ['invited'])
  const { id } = await task({ assigneeIds: [team.guest.userId] })
  assert.equal((await inboxOf(team.guest)).unread, 2)
  const lost = await expectInboxFollows(app, team.guest, () => send(team.owner, 'DELETE', members))
  assert.equal((lost.at(-1)!.data as { removedIds: string[] }).removedIds.length, 2)
  assert.deepEqual(await reasonsOf(team.guest), ['access_lost'])
  await comment(team.owner, id, 'Where is @Gus?')
  assert.equal((await inboxOf(team.guest)).items.length, 1)
})

test('whoever is invited by mail and is here already hears of it, once the address is known to be theirs', async () => {
  const invite = () =>
    send(team.owner, 'POST', `/api/workspaces/${team.workspaceId}/invitations`, {
      role: 'member',
      email: team.stranger.email,
    })
  await invite()
  assert.deepEqual((await inboxOf(team.stranger)).items, [])
  await sqlAsOwner(app, 'update auth_user set email_verified = true where id = $1', [team.stranger.userId])
  await expectInboxFollows(app, team.stranger, invite)
  const { reason, title } = await only(team.stranger)
  assert.deepEqual([reason, title], ['invited', 'Acme'])
})

test('whoever is removed from the workspace loses what they were told there, and hears that', async () => {
  await task({ assigneeIds: [team.member.userId] })
  await expectInboxFollows(app, team.member, () =>
    send(team.owner, 'DELETE', `/api/workspaces/${team.workspaceId}/members/${team.member.userId}`),
  )
  const { reason, title, subject } = { ...(await only(team.member)), subject: null }
  assert.deepEqual([reason, title, subject], ['access_lost', 'Acme', null])
})

test('what is erased or deleted is gone from every inbox', async () => {
  const { id } = await task({ assigneeIds: [team.member.userId] })
  await task({ assigneeIds: [team.member.userId] })
  await send(team.owner, 'DELETE', `/api/tasks/${id}`)
  assert.equal((await inboxOf(team.member)).unread, 2)
  await expectInboxFollows(app, team.member, () => send(team.admin, 'DELETE', `/api/tasks/${id}?erase=true`))
  await expectInboxFollows(app, team.member, () => send(team.owner, 'DELETE', `/api/boards/${team.boardId}`))
  assert.deepEqual(await inboxOf(team.member).then(({ items, unread }) => [items, unread]), [[], 0])
})

test('muted boards and workspaces are silent, and switched off events too', async () => {
  await send(team.member, 'PUT', `/api/boards/${team.boardId}/muted`)
  await send(team.admin, 'PUT', `/api/workspaces/${team.workspaceId}/muted`)
  const { id } = await task({ assigneeIds: [team.member.userId, team.admin.userId] })
  assert.deepEqual([...(await reasonsOf(team.member)), ...(await reasonsOf(team.admin))], [])
  await send(team.member, 'DELETE', `/api/boards/${team.boardId}/muted`)
  await send(team.member, 'PUT', '/api/me/preferences', { matrix: { commented: { app: false } } })
  await comment(team.owner, id, 'Anybody?')
  assert.deepEqual(await reasonsOf(team.member), [])
  await comment(team.owner, id, '@Mona?')
  assert.deepEqual(await reasonsOf(team.member), ['mentioned'])
})

test('an event that the app is not to show leaves alone what it shows already', async () => {
  const { id } = await task({ assigneeIds: [team.member.userId] })
  await send(team.member, 'PUT', '/api/me/preferences', { matrix: { commented: { app: false, email: true } } })
  await comment(team.owner, id, 'Still unread')
  const assigned = await only(team.member)
  assert.deepEqual([assigned.reason, assigned.unreadCount, assigned.latest.excerpt], ['assigned', 1, null])
  await send(team.member, 'PUT', `/api/notifications/${assigned.id}/read`)
  await send(team.member, 'PUT', `/api/notifications/${assigned.id}/archived`)
  await comment(team.owner, id, 'Read and put away')
  const { reason, readAt, archivedAt } = await only(team.member)
  assert.deepEqual([reason, !!readAt, !!archivedAt], ['assigned', true, true])
  const [, doing] = team.columns
  await send(team.owner, 'PUT', `/api/tasks/${id}/position`, { columnId: doing.id })
  const again = await only(team.member)
  assert.deepEqual([again.reason, again.unreadCount, again.archivedAt], ['status_changed', 1, null])
})

test.run()
