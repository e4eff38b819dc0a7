import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, foundTeam, send, type Team } from '../testing/boards.ts'
import { createTestClock, type TestClock } from '../testing/clock.ts'
import { expectInboxFollows, inboxOf } from '../testing/inbox.ts'
import { wakeSnoozed } from './snoozing.ts'

const HOUR = 3_600_000

const test = suite('snoozed notifications')
let app: TestApp
let team: Team
let clock: TestClock

test.before(async () => {
  clock = createTestClock()
  app = await createTestApp({}, clock)
  team = await foundTeam(app)
})
test.after(() => app?.close())

async function snoozeOne() {
  const task = await addTask(team.owner, team.boardId, { title: 'Later', assigneeIds: [team.member.userId] })
  const { items } = await inboxOf(team.member)
  const until = new Date(clock.now() + HOUR).toISOString()
  await send(team.member, 'PUT', `/api/notifications/${items[0]!.id}/snoozed`, { until })
  return { task, id: items[0]!.id }
}

const inbox = async () => (await inboxOf(team.member, 'inbox')).items.map(({ id }) => id)

test('come back when their time has come, once', async () => {
  const { id } = await snoozeOne()
  await wakeSnoozed(app.deps)
  assert.deepEqual([await inbox(), (await inboxOf(team.member)).unread], [[], 0])
  clock.advance(HOUR)
  const facts = await expectInboxFollows(app, team.member, async () => {
    await Promise.all([wakeSnoozed(app.deps), wakeSnoozed(app.deps)])
  })
  assert.deepEqual(
    facts.map(({ type }) => type),
    ['notification.snoozed', 'inbox.counted'],
  )
  assert.deepEqual([await inbox(), (await inboxOf(team.member)).unread], [[id], 1])
})

test('come back at once when something new happens', async () => {
  const { task, id } = await snoozeOne()
  await send(team.owner, 'POST', `/api/tasks/${task.id}/comments`, { body: 'News' })
  assert.equal((await inbox())[0], id)
})

test.run()
