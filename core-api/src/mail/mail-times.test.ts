import type { Delivery } from '@taskflow/shared/dto/operations.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { type Sending, startSending } from '../deliveries/sending.ts'
import { sweepReminders } from '../reminders/sweeping.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addMember, addTask, foundTeam, send, type Team } from '../testing/boards.ts'
import { createTestClock } from '../testing/clock.ts'
import { inboxOf } from '../testing/inbox.ts'
import { type Mailbox, openMailbox } from '../testing/mailbox.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const test = suite('when mail about what happens leaves')
const clock = createTestClock(Date.parse('2026-11-20T09:00:00.000Z'))
let mailbox: Mailbox
let isBusy = false
let meanwhile: (() => Promise<unknown>) | undefined
let app: TestApp
let team: Team
let sending: Sending

test.before(async () => {
  mailbox = await openMailbox({
    onRcptTo(_address, _session, done) {
      const refusal = isBusy ? Object.assign(new Error('Come back later'), { responseCode: 451 }) : undefined
      void Promise.resolve(meanwhile?.()).then(() => done(refusal), done)
    },
  })
  app = await createTestApp({ SMTP_URL: mailbox.url }, clock)
  team = await foundTeam(app)
  sending = startSending(app.deps)
})
test.after(async () => {
  await sending?.stop(1_000)
  await app?.close()
  await mailbox?.close()
})

const preferences = (edit: object) => send(team.member, 'PUT', '/api/me/preferences', edit)
const byMail = (reasons: Record<string, boolean>) =>
  preferences({ matrix: Object.fromEntries(Object.entries(reasons).map(([reason, email]) => [reason, { email }])) })

const assigned = (title: string) =>
  addTask(team.owner, team.boardId, { title, assigneeIds: [team.member.userId] }) as Promise<Task>
const comment = ({ id }: Task, body: string) => send(team.owner, 'POST', `/api/tasks/${id}/comments`, { body })
const mention = (task: Task) => comment(task, `Look, @[Mona](user:${team.member.userId})`)

async function latestNotification(): Promise<string> {
  return (await inboxOf(team.member)).items[0]!.id
}
const readLatest = async () =>
  send(team.member, 'POST', '/api/notifications/read', { ids: [await latestNotification()] })
const snoozeLatest = async (minutes: number) =>
  send(team.member, 'PUT', `/api/notifications/${await latestNotification()}/snoozed`, { until: inMinutes(minutes) })

const inMinutes = (minutes: number) => new Date(clock.now() + minutes * MINUTE_MS).toISOString()
const timeIn = (minutes: number) => inMinutes(minutes).slice(11, 16)

async function later(minutes: number): Promise<void> {
  clock.advance(minutes * MINUTE_MS)
  await sending.settled()
}

async function atNextHour(minutesBefore = 0): Promise<void> {
  await later((HOUR_MS - (clock.now() % HOUR_MS)) / MINUTE_MS - minutesBefore)
}

const mails = (about: string) =>
  mailbox.received.filter(({ to, subject, text }) => to === team.member.email && `${subject}\n${text}`.includes(about))
const newest = async () => (await send<Page<Delivery>>(team.member, 'GET', '/api/me/deliveries?limit=1')).items[0]!

test('what joins a waiting mail is mailed, also if its first reason is not wanted any more', async () => {
  await byMail({ commented: true, assigned: false })
  const task = await assigned('Mow the lawn')
  await comment(task, 'It is high')
  await mention(task)
  await byMail({ commented: false })
  await later(5)
  assert.equal(mails('Mow the lawn').length, 1)
  await byMail({ assigned: true })
})

test('a reminder of one’s own is mailed although an assignment waits on a board that was muted since', async () => {
  const task = await assigned('Prune the roses')
  await send(team.member, 'PUT', `/api/tasks/${task.id}/reminders`, {
    reminders: [{ kind: 'custom', at: inMinutes(2) }],
  })
  await send(team.member, 'PUT', `/api/boards/${team.boardId}/muted`)
  clock.advance(2 * MINUTE_MS)
  await sweepReminders(app.deps)
  await later(5)
  assert.equal(mails('Prune the roses').length, 1)
  await send(team.member, 'DELETE', `/api/boards/${team.boardId}/muted`)
})

test('fresh news does not wait until a mail that failed is tried again', async () => {
  const task = await assigned('Rake the leaves')
  isBusy = true
  await later(5)
  for (const minutes of [1, 3, 15, 80]) await later(minutes)
  assert.equal((await newest()).attempts, 5)
  isBusy = false
  await mention(task)
  await later(4)
  assert.equal(mails('Rake the leaves').length, 0)
  await later(1)
  assert.equal(mails('Rake the leaves').length, 1)
  assert.equal((await newest()).attempts, 1)
})

test('a mail that fails while news arrives leaves what it had to say to the one that waits', async () => {
  await byMail({ commented: true, assigned: false })
  const task = await assigned('Sort the screws')
  await comment(task, 'By length')
  isBusy = true
  meanwhile = () => mention(task)
  await later(5)
  isBusy = false
  meanwhile = undefined
  await byMail({ mentioned: false })
  await later(5)
  assert.equal(mails('Sort the screws').length, 1)
  await byMail({ assigned: true, mentioned: true })
})

test('what was read has its full time again when something new happens to it', async () => {
  const task = await assigned('Feed the cat')
  await later(1)
  await readLatest()
  await later(3.5)
  await mention(task)
  await later(0.5)
  assert.equal((await newest()).attempts, 0)
  await later(4)
  assert.equal(mails('Feed the cat').length, 0)
  await later(0.5)
  assert.equal(mails('Feed the cat').length, 1)
})

test('what was read is not mailed because of something later that they want no mail about', async () => {
  await byMail({ commented: false })
  const task = await assigned('Walk the dog')
  await later(1)
  await readLatest()
  await later(1)
  await comment(task, 'It was long')
  await later(10)
  assert.equal(mails('Walk the dog').length, 0)
  assert.equal((await newest()).reason, 'it was read before')
})

test('quiet hours that are set later hold back what waits, and so they do when a worker was away', async () => {
  await atNextHour()
  await assigned('Oil the hinges')
  await preferences({ quietHours: { from: timeIn(10), to: timeIn(90) } })
  await sending.stop(1_000)
  clock.advance(60 * MINUTE_MS)
  sending = startSending(app.deps)
  await sending.settled()
  assert.equal(mails('Oil the hinges').length, 0)
  const { status, attempts, nextAttemptAt } = await newest()
  assert.deepEqual([status, attempts, nextAttemptAt], ['queued', 0, inMinutes(30)])
  await later(30)
  assert.equal(mails('Oil the hinges').length, 1)
  await preferences({ quietHours: null })
})

test('what is snoozed is mailed once it has been awake and unread for long enough', async () => {
  await assigned('Wash the car')
  await snoozeLatest(60)
  await later(5)
  await later(59)
  assert.equal(mails('Wash the car').length, 0)
  await later(1)
  assert.equal(mails('Wash the car').length, 1)
})

test('a digest leaves out what has not been unread for long enough, and what is snoozed, for a later one', async () => {
  await preferences({ digest: 'hourly' })
  await atNextHour()
  await assigned('Digest old')
  await assigned('Digest snoozed')
  await snoozeLatest(130)
  await atNextHour(1)
  await assigned('Digest young')
  await later(1)
  const [first] = mails('Digest old')
  assert.equal(first!.subject, 'Acme: 1 unread')
  await atNextHour()
  assert.deepEqual([mails('Digest young').length, mails('Digest snoozed').length], [1, 0])
  await atNextHour()
  assert.deepEqual(
    [mails('Digest old').length, mails('Digest young').length, mails('Digest snoozed').length],
    [1, 1, 1],
  )
})

test('digests that quiet hours hold back become one', async () => {
  await atNextHour()
  await assigned('Held one')
  await preferences({ quietHours: { from: timeIn(50), to: timeIn(200) } })
  await atNextHour()
  await preferences({ quietHours: null })
  await assigned('Held two')
  await preferences({ quietHours: { from: timeIn(0), to: timeIn(140) } })
  await atNextHour()
  await later(80)
  const [mail, ...others] = mails('Held')
  assert.equal(others.length, 0)
  assert.equal(mail!.subject, 'Acme: 2 unread')
  await preferences({ quietHours: null })
})

test('a digest names the workspace also to whoever is out of it', async () => {
  await byMail({ access_lost: true })
  await send(team.owner, 'DELETE', `/api/workspaces/${team.workspaceId}/members/${team.member.userId}`)
  await atNextHour()
  await atNextHour()
  assert.match(mails('Acme').at(-1)!.subject, /^Acme: 1 /)
  assert.doesNotMatch(mails('Acme').at(-1)!.text, /null/)
  await addMember(app, team.workspaceId, team.member, 'member')
})

test.run()
