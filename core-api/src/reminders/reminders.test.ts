import type { Reminder } from '@taskflow/shared/dto/reminder.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, expectRefused, foundTeam, send, sqlAsOwner, type Team } from '../testing/boards.ts'
import { createTestClock, type TestClock } from '../testing/clock.ts'
import { inboxOf } from '../testing/inbox.ts'
import type { Person } from '../testing/person.ts'
import { sweepReminders } from './sweeping.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const test = suite('reminders')
let app: TestApp
let team: Team
let clock: TestClock

test.before(async () => {
  clock = createTestClock()
  app = await createTestApp({}, clock)
})
test.before.each(async () => {
  team = await foundTeam(app)
})
test.after(() => app?.close())

const due = (fromNow: number) => {
  const at = new Date(clock.now() + fromNow).toISOString()
  return { date: at.slice(0, 10), time: at.slice(11, 16), zone: 'UTC' }
}
const taskDueIn = (fromNow: number, input: object = {}, by = team.owner) =>
  addTask(by, team.boardId, { title: 'Pay', due: due(fromNow), ...input })
const pass = async (ms: number) => {
  clock.advance(ms)
  await sweepReminders(app.deps)
}
const failingIn = (workspaceId: string) => `
  create function fail() returns trigger language plpgsql as $$ begin raise exception 'broken on purpose'; end $$;
  create trigger broken before update on reminder for each row when (new.workspace_id = '${workspaceId}')
    execute function fail()`
const clear = (person: Person) => send(person, 'POST', '/api/notifications/archive', { ids: 'all' })
const heard = async (person: Person) =>
  (await inboxOf(person, 'inbox')).items.map(({ reason, unreadCount, latest }) => [reason, unreadCount, latest.late])
const remind = (person: Person, taskId: string, ...reminders: object[]) =>
  send<{ items: Reminder[] }>(person, 'PUT', `/api/tasks/${taskId}/reminders`, { reminders })

test('only those who are assigned hear that a task will be due, and that it was', async () => {
  await taskDueIn(2 * DAY, { assigneeIds: [team.member.userId] })
  await clear(team.member)
  await pass(23 * HOUR)
  assert.deepEqual(await heard(team.member), [])
  await pass(HOUR + MINUTE)
  assert.deepEqual(await heard(team.member), [['due_soon', 1, false]])
  await clear(team.member)
  await pass(DAY)
  assert.deepEqual(await heard(team.member), [['overdue', 1, false]])
  await pass(DAY)
  assert.deepEqual(await heard(team.member), [['overdue', 1, false]])
  for (const person of [team.owner, team.admin]) assert.deepEqual(await heard(person), [])
})

test('the copies of a board alert those who are assigned in them', async () => {
  await taskDueIn(2 * DAY, { assigneeIds: [team.member.userId] })
  await taskDueIn(2 * DAY, { title: 'Nobody’s' })
  const path = `/api/boards/${team.boardId}`
  const copy = await send<{ id: string }>(team.owner, 'POST', `${path}/duplicate`, { withTasks: true })
  await send(team.owner, 'DELETE', path)
  await clear(team.member)
  await pass(DAY + MINUTE)
  assert.deepEqual(await heard(team.member), [['due_soon', 1, false]])
  const { items } = await inboxOf(team.member, 'inbox')
  assert.equal(items[0]!.boardId, copy.id)
  await clear(team.member)
  await pass(DAY)
  assert.deepEqual(await heard(team.member), [['overdue', 1, false]])
  for (const person of [team.owner, team.admin]) assert.deepEqual(await heard(person), [])
})

test('a workspace where it fails keeps nobody else waiting', async () => {
  const teams = [team, await foundTeam(app), await foundTeam(app)]
  for (const one of teams) {
    await addTask(one.owner, one.boardId, { title: 'Pay', due: due(2 * DAY), assigneeIds: [one.member.userId] })
    await clear(one.member)
  }
  await sqlAsOwner(app, failingIn(teams[1]!.workspaceId))
  await assert.rejects(pass(DAY + MINUTE), /broken on purpose/)
  await sqlAsOwner(app, 'drop function fail cascade')
  const told = () => Promise.all(teams.map(async ({ member }) => (await heard(member)).length))
  assert.deepEqual(await told(), [1, 0, 1])
  await pass(MINUTE)
  assert.deepEqual(await told(), [1, 1, 1])
})

test('one’s own reminders go off when they should, for oneself alone', async () => {
  const { id } = await taskDueIn(DAY)
  const at = new Date(clock.now() + 3 * HOUR).toISOString()
  const { items } = await remind(team.member, id, { kind: '1h' }, { kind: 'custom', at }, { kind: 'at_due' })
  assert.deepEqual(
    items.map(({ kind, firedAt }) => [kind, firedAt]),
    [
      ['custom', null],
      ['1h', null],
      ['at_due', null],
    ],
  )
  await pass(3 * HOUR)
  assert.deepEqual(await heard(team.member), [['reminder', 1, false]])
  await pass(20 * HOUR + MINUTE)
  assert.deepEqual(await heard(team.member), [['reminder', 2, false]])
  await remind(team.member, id)
  await pass(DAY)
  assert.deepEqual(await heard(team.member), [['reminder', 2, false]])
  assert.deepEqual(await heard(team.owner), [])
})

test('one’s own reminder is heard also where an alert that falls together with it is not, and the other way round', async () => {
  const off = { app: false, email: false, push: false, webhook: false }
  const { id } = await taskDueIn(2 * DAY, { assigneeIds: [team.member.userId, team.admin.userId] })
  const { id: watched } = await taskDueIn(2 * DAY)
  await remind(team.member, id, { kind: '1d' }, { kind: 'at_due' })
  await remind(team.admin, id, { kind: 'at_due' })
  await remind(team.owner, watched, { kind: 'overdue' })
  await send(team.member, 'PUT', `/api/boards/${team.boardId}/muted`)
  await send(team.admin, 'PUT', '/api/me/preferences', { matrix: { reminder: off, due_soon: off } })
  await send(team.owner, 'PUT', '/api/me/preferences', { matrix: { overdue: off } })
  for (const person of [team.member, team.admin]) await clear(person)
  await pass(DAY + MINUTE)
  assert.deepEqual(await heard(team.member), [['reminder', 1, false]])
  await pass(DAY)
  assert.deepEqual(await heard(team.member), [['reminder', 2, false]])
  assert.deepEqual(await heard(team.admin), [['overdue', 1, false]])
  assert.deepEqual(await heard(team.owner), [['reminder', 1, false]])
})

test('reminders follow the due date, also one that comes later', async () => {
  const { id } = await addTask(team.owner, team.boardId, { title: 'Some day' })
  const { items } = await remind(team.member, id, { kind: '1d' }, { kind: '1h' })
  assert.deepEqual([items.length, items[0]!.at], [2, null])
  await send(team.owner, 'PATCH', `/api/tasks/${id}`, { due: due(2 * HOUR) })
  const listed = await send<{ items: Reminder[] }>(team.member, 'GET', `/api/tasks/${id}/reminders`)
  assert.deepEqual(
    listed.items.map(({ kind, firedAt }) => [kind, firedAt !== null]),
    [
      ['1d', true],
      ['1h', false],
    ],
  )
  await send(team.owner, 'PATCH', `/api/tasks/${id}`, { due: due(3 * DAY) })
  await pass(2 * DAY + MINUTE)
  assert.deepEqual(await heard(team.member), [['reminder', 1, false]])
  await send(team.owner, 'PATCH', `/api/tasks/${id}`, { due: null })
  await pass(2 * DAY)
  assert.deepEqual(await heard(team.member), [['reminder', 1, false]])
})

test('what is closed, thrown away or no longer one’s own does not alert', async () => {
  const assigned = { assigneeIds: [team.member.userId] }
  const closed = await taskDueIn(2 * DAY, assigned)
  const trashed = await taskDueIn(2 * DAY, assigned)
  const given = await taskDueIn(2 * DAY, assigned)
  await send(team.owner, 'PUT', `/api/tasks/${closed.id}/closed`)
  await send(team.owner, 'DELETE', `/api/tasks/${trashed.id}`)
  await send(team.owner, 'DELETE', `/api/tasks/${given.id}/assignees/${team.member.userId}`)
  await clear(team.member)
  await pass(4 * DAY)
  assert.deepEqual(await heard(team.member), [])
})

test('what went by while a task was done or in the trash is said once it is back, unless that is long ago', async () => {
  const assigned = { assigneeIds: [team.member.userId] }
  const [soon, longAgo] = [await taskDueIn(2 * HOUR, assigned), await taskDueIn(2 * HOUR, assigned)]
  const trashed = await taskDueIn(2 * HOUR, assigned)
  await pass(MINUTE)
  for (const { id } of [soon, longAgo]) await send(team.owner, 'PUT', `/api/tasks/${id}/closed`)
  await send(team.owner, 'DELETE', `/api/tasks/${trashed.id}`)
  await pass(3 * HOUR)
  await clear(team.member)
  await send(team.owner, 'DELETE', `/api/tasks/${soon.id}/closed`)
  await send(team.owner, 'PUT', `/api/tasks/${trashed.id}/restored`)
  await clear(team.member)
  await pass(MINUTE)
  assert.deepEqual(await heard(team.member), [
    ['overdue', 1, true],
    ['overdue', 1, true],
  ])
  await clear(team.member)
  await pass(2 * DAY)
  await send(team.owner, 'DELETE', `/api/tasks/${longAgo.id}/closed`)
  await clear(team.member)
  await pass(MINUTE)
  assert.deepEqual(await heard(team.member), [])
})

test('whoever lost a board and is given its tasks again is alerted again', async () => {
  const { owner, member, boardId } = team
  const { id } = await taskDueIn(2 * DAY, { assigneeIds: [member.userId] })
  const path = `/api/boards/${boardId}`
  await send(owner, 'PATCH', path, { visibility: 'private' })
  await pass(DAY + MINUTE)
  await send(owner, 'PUT', `${path}/members/${member.userId}`)
  await send(owner, 'PUT', `/api/tasks/${id}/assignees/${member.userId}`)
  await clear(member)
  await pass(MINUTE)
  assert.deepEqual(await heard(member), [['due_soon', 1, false]])
})

test('so is what went by while the board was archived, or while its done column had not gone yet', async () => {
  const assigned = { assigneeIds: [team.member.userId] }
  const path = `/api/boards/${team.boardId}/archived`
  await taskDueIn(2 * HOUR, assigned)
  await taskDueIn(2 * HOUR, { ...assigned, columnId: team.columns[2].id })
  await taskDueIn(5 * MINUTE, assigned)
  await pass(10 * MINUTE)
  clock.advance(1000)
  await send(team.owner, 'PUT', path)
  await pass(3 * HOUR)
  await clear(team.member)
  await send(team.owner, 'DELETE', path)
  await pass(MINUTE)
  assert.deepEqual(await heard(team.member), [['overdue', 1, true]])
  await clear(team.member)
  await send(team.owner, 'DELETE', `/api/columns/${team.columns[2].id}?moveTo=${team.columns[0].id}`)
  await pass(MINUTE)
  assert.deepEqual(await heard(team.member), [['overdue', 1, true]])
})

test('whoever is given what is due today hears of it, whoever sets it for themselves does not', async () => {
  await taskDueIn(2 * HOUR, { assigneeIds: [team.member.userId, team.owner.userId] })
  await pass(20_000)
  assert.deepEqual(await heard(team.member), [['assigned', 2, false]])
  assert.deepEqual(await heard(team.owner), [])
})

test('what was missed goes off once, and says that it is late', async () => {
  const { id } = await taskDueIn(DAY)
  await remind(team.member, id, { kind: '15m' })
  clock.advance(DAY + HOUR)
  await Promise.all([sweepReminders(app.deps), sweepReminders(app.deps), sweepReminders(app.deps)])
  await sweepReminders(app.deps)
  assert.deepEqual(await heard(team.member), [['reminder', 1, true]])
})

test('a due date that changes during the sweep leaves no reminder out and none twice', async () => {
  const { id } = await taskDueIn(DAY)
  await remind(team.member, id, { kind: 'at_due' })
  const count = async () => (await heard(team.member)).reduce((sum, [, unread]) => sum + Number(unread), 0)
  for (let round = 0; round < 8; round++) {
    clock.advance(DAY)
    const before = await count()
    await Promise.all([
      send(team.owner, 'PATCH', `/api/tasks/${id}`, { due: due(DAY) }),
      sweepReminders(app.deps),
      sweepReminders(app.deps),
    ])
    const after = await count()
    assert.ok(after - before <= 1, `round ${round}`)
    await sweepReminders(app.deps)
    assert.equal(await count(), after)
  }
  const last = await count()
  await pass(DAY)
  assert.equal(await count(), last + 1)
})

test('a clock that goes back fires nothing twice', async () => {
  const { id } = await taskDueIn(DAY)
  await remind(team.member, id, { kind: '1h' })
  await pass(DAY)
  clock.advance(-2 * HOUR)
  await sweepReminders(app.deps)
  await pass(3 * HOUR)
  assert.deepEqual(await heard(team.member), [['reminder', 1, true]])
})

test('a day ends where the person is, and moves with them', async () => {
  await send(team.member, 'PATCH', '/api/me', { timeZone: 'Pacific/Auckland' })
  const date = new Date(clock.now() + 3 * DAY).toISOString().slice(0, 10)
  const { id } = await addTask(team.owner, team.boardId, { title: 'Day', due: date, assigneeIds: [team.member.userId] })
  const overdue = async () => {
    const rows = await sqlAsOwner<{ at: Date }>(
      app,
      `select at from reminder where task_id = $1 and kind = 'overdue'`,
      [id],
    )
    return rows[0]!.at.toISOString()
  }
  const endsIn = (zone: string) =>
    new Date(Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds).toISOString()
  assert.equal(await overdue(), endsIn('Pacific/Auckland'))
  await send(team.member, 'PATCH', '/api/me', { timeZone: 'America/Los_Angeles' })
  assert.equal(await overdue(), endsIn('America/Los_Angeles'))
})

test('whoever moves to where the day is over already is told that the task is overdue', async () => {
  const yesterday = Temporal.Instant.fromEpochMilliseconds(clock.now())
    .toZonedDateTimeISO('Pacific/Kiritimati')
    .toPlainDate()
    .subtract({ days: 1 })
  await send(team.member, 'PATCH', '/api/me', { timeZone: 'Pacific/Pago_Pago' })
  const assigneeIds = [team.member.userId]
  await addTask(team.owner, team.boardId, { title: 'Day', due: yesterday.toString(), assigneeIds })
  await pass(0)
  await clear(team.member)
  await send(team.member, 'PATCH', '/api/me', { timeZone: 'Pacific/Kiritimati' })
  await pass(0)
  assert.deepEqual(await heard(team.member), [['overdue', 1, false]])
})

test('many who are reminded of many tasks at once hear of each', async () => {
  const people = [team.member, team.admin]
  for (let i = 0; i < 5; i++) await taskDueIn(2 * DAY, { assigneeIds: people.map(({ userId }) => userId) })
  for (const person of people) await clear(person)
  await pass(DAY + MINUTE)
  for (const person of people) {
    const { items, unread } = await inboxOf(person, 'unread')
    assert.deepEqual([items.length, unread], [5, 5])
  }
})

test('the same reminder twice is one', async () => {
  const { id } = await taskDueIn(DAY)
  const at = new Date(clock.now() + HOUR).toISOString()
  const custom = [at, at.replace('Z', '+00:00')].map((one) => ({ kind: 'custom', at: one }))
  const { items } = await remind(team.member, id, { kind: '1h' }, { kind: '1h' }, ...custom)
  assert.deepEqual(
    items.map(({ kind }) => kind),
    ['custom', '1h'],
  )
})

test('a moment that has gone, and a task that one cannot see, are refused', async () => {
  const { id } = await taskDueIn(DAY)
  const path = `/api/tasks/${id}/reminders`
  const past = { reminders: [{ kind: 'custom', at: '2001-01-01T00:00:00Z' }] }
  await expectRefused([team.member, 'PUT', path, past], 400, 'reminders.in_the_past')
  await expectRefused([team.member, 'PUT', path, { reminders: [{ kind: 'custom' }] }], 400)
  await expectRefused([team.stranger, 'PUT', path, { reminders: [{ kind: '1h' }] }], 404)
  await expectRefused([team.guest, 'GET', path], 404)
})

test.run()
