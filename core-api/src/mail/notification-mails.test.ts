import type { Delivery } from '@taskflow/shared/dto/operations.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import pg from 'pg'
import { type Sending, startSending } from '../deliveries/sending.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, foundTeam, send, type Team } from '../testing/boards.ts'
import { createTestClock } from '../testing/clock.ts'
import { type Mailbox, openMailbox } from '../testing/mailbox.ts'
import type { Person } from '../testing/person.ts'
import { until } from '../testing/until.ts'

const MINUTE_MS = 60_000
const START = Date.parse('2026-11-20T09:30:00.000Z')

const test = suite('mail about what happens')
const clock = createTestClock(START)
let mailbox: Mailbox
let app: TestApp
let team: Team
let sending: Sending

test.before(async () => {
  mailbox = await openMailbox()
  app = await createTestApp({ SMTP_URL: mailbox.url }, clock)
  team = await foundTeam(app)
  sending = startSending(app.deps)
  await sending.settled()
})
test.after(async () => {
  await sending?.stop(1_000)
  await app?.close()
  await mailbox?.close()
})

async function assigned(title: string, { userId }: Person): Promise<Task> {
  const task = await addTask(team.owner, team.boardId, { title })
  await send(team.owner, 'PUT', `/api/tasks/${task.id}/assignees/${userId}`)
  return task
}

async function later(minutes: number): Promise<void> {
  clock.advance(minutes * MINUTE_MS)
  await sending.settled()
}

const timeIn = (minutes: number) => new Date(clock.now() + minutes * MINUTE_MS).toISOString().slice(11, 16)

const mailsTo = ({ email }: Person, about: string) =>
  mailbox.received.filter(({ to, subject, text }) => to === email && `${subject}\n${text}`.includes(about))

const IS_WAITED_FOR = 'select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))'

const newestTo = async (person: Person) =>
  (await send<Page<Delivery>>(person, 'GET', '/api/me/deliveries?limit=1')).items[0]!

test('what is still unread after five minutes is mailed, once, and not to whoever did it', async () => {
  const { id } = await assigned('Fix the lift', team.member)
  await later(4)
  assert.equal(mailsTo(team.member, 'Fix the lift').length, 0)
  await later(1)
  const [mail, ...others] = mailsTo(team.member, 'Fix the lift')
  assert.equal(others.length, 0)
  assert.match(mail!.text, /Olga assigned this to you/)
  assert.ok(mail!.text.includes(`/boards/${team.boardId}/tasks/${id}`))
  assert.equal(mailsTo(team.owner, 'Fix the lift').length, 0)
})

test('what was read before is not mailed, and the status says so', async () => {
  await assigned('Read at once', team.admin)
  const { items } = await send<{ items: { id: string }[] }>(team.admin, 'GET', '/api/notifications')
  await send(team.admin, 'POST', '/api/notifications/read', { ids: [items[0]!.id] })
  await later(6)
  assert.equal(mailsTo(team.admin, 'Read at once').length, 0)
  const { status, reason } = await newestTo(team.admin)
  assert.deepEqual([status, reason], ['suppressed', 'it was read before'])
})

test('whoever wants mail about comments gets it also while an assignment, of which they want none, is unread', async () => {
  const wants = (assigned: boolean, commented: boolean) =>
    send(team.admin, 'PUT', '/api/me/preferences', {
      matrix: { assigned: { email: assigned }, commented: { email: commented } },
    })
  await wants(false, true)
  const { id } = await assigned('Paint the door', team.admin)
  await send(team.owner, 'POST', `/api/tasks/${id}/comments`, { body: 'In red' })
  await later(5)
  assert.equal(mailsTo(team.admin, 'Paint the door').length, 1)
  await send(team.owner, 'POST', `/api/tasks/${id}/comments`, { body: 'Or in blue' })
  await wants(true, false)
  await later(5)
  assert.equal(mailsTo(team.admin, 'Paint the door').length, 1)
  assert.equal((await newestTo(team.admin)).reason, 'they want no message about it any more')
})

test('what the app is not to show is mailed all the same, and each mail counts what happened since the one before', async () => {
  await send(team.owner, 'PUT', `/api/boards/${team.boardId}/members/${team.guest.userId}`, { role: 'editor' })
  const { id } = await assigned('Oil the gate', team.guest)
  const [{ id: assignment }] = (await send<{ items: [{ id: string }] }>(team.guest, 'GET', '/api/notifications')).items
  await send(team.guest, 'PUT', `/api/notifications/${assignment}/archived`)
  await send(team.guest, 'PUT', '/api/me/preferences', { matrix: { commented: { app: false, email: true } } })
  const comment = (body: string) => send(team.owner, 'POST', `/api/tasks/${id}/comments`, { body })
  await comment('It squeaks')
  await comment('At night, too')
  await later(6)
  await comment('Silent now')
  await later(6)
  const [first, second, ...others] = mailsTo(team.guest, 'Oil the gate')
  assert.equal(others.length, 0)
  assert.match(first!.text, /Olga commented \(and 1 more change\)[^]*At night, too/)
  assert.match(second!.text, /Olga commented:[^]*Silent now/)
})

test('whoever mutes the board before the mail leaves gets none', async () => {
  await assigned('Sweep the yard', team.admin)
  await send(team.admin, 'PUT', `/api/boards/${team.boardId}/muted`)
  await later(5)
  assert.equal(mailsTo(team.admin, 'Sweep the yard').length, 0)
  await send(team.admin, 'DELETE', `/api/boards/${team.boardId}/muted`)
})

test('mails about one task are one conversation', async () => {
  const task = await assigned('Long story', team.member)
  await later(6)
  await send(team.owner, 'POST', `/api/tasks/${task.id}/comments`, {
    body: `Look at this, @[Mona](user:${team.member.userId})`,
  })
  await later(6)
  const [first, second] = mailsTo(team.member, 'Long story')
  const root = `<task.${task.id}@localhost>`
  for (const { headers } of [first!, second!]) {
    assert.deepEqual([headers.references, headers['in-reply-to']], [root, root])
  }
  assert.notEqual(first!.headers['message-id'], second!.headers['message-id'])
  assert.equal(first!.subject, second!.subject)
})

test('a mail that waits does not leave beside news that are just being committed', async () => {
  const { id } = await assigned('At the same moment', team.member)
  const { items } = await send<{ items: { id: string }[] }>(team.member, 'GET', '/api/notifications')
  await send(team.member, 'POST', '/api/notifications/read', { ids: [items[0]!.id] })
  const blocker = new pg.Client(app.database.url)
  await blocker.connect()
  await blocker.query('begin')
  await blocker.query('select from stream where id = $1 for update', [`b:${team.boardId}`])
  const body = `Not yet committed, @[Mona](user:${team.member.userId})`
  const commenting = send(team.owner, 'POST', `/api/tasks/${id}/comments`, { body })
  await until(async () => (await blocker.query(IS_WAITED_FOR)).rowCount)
  await later(6)
  await blocker.query('commit')
  await blocker.end()
  await commenting
  await later(6)
  assert.match(mailsTo(team.member, 'At the same moment')[0]!.text, /Not yet committed/)
})

test('what people wrote is text in the mail, never markup', async () => {
  await assigned('<img src=x onerror=alert(1)> & co', team.member)
  await later(6)
  const [mail] = mailsTo(team.member, 'onerror')
  assert.ok(mail!.html.includes('&lt;img src=x onerror=alert(1)&gt; &amp; co'))
  assert.doesNotMatch(mail!.html, /<img|<table|<script/)
  assert.match(mail!.html, /<meta name="color-scheme" content="light dark">/)
})

test('it is in the language of the person', async () => {
  await send(team.admin, 'PATCH', '/api/me', { locale: 'de-AT' })
  await assigned('Aufzug', team.admin)
  await later(6)
  assert.match(mailsTo(team.admin, 'Aufzug')[0]!.text, /Olga hat dir das zugewiesen/)
})

test('one click ends these mails without signing in; looking at the link ends nothing', async () => {
  await assigned('Before', team.admin)
  await later(6)
  const [mail] = mailsTo(team.admin, 'Before')
  assert.equal(mail!.headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click')
  const link = new URL(/^<(.+)>$/.exec(mail!.headers['list-unsubscribe']!)![1]!)
  assert.equal(link.origin, app.deps.config.publicUrl)
  const page = await fetch(app.url + link.pathname)
  assert.match(await page.text(), /<form method="post">/)
  // A browser hides the origin of a form on a page that wants to leave no trace at all.
  const origin = page.headers.get('referrer-policy') === 'no-referrer' ? 'null' : link.origin
  const pressed = { origin, 'sec-fetch-site': 'same-origin' }
  await assigned('Still', team.admin)
  await later(6)
  assert.equal(mailsTo(team.admin, 'Still').length, 1)
  await assigned('Waiting', team.admin)
  const click = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }
  assert.equal((await fetch(app.url + link.pathname, click)).status, 200)
  const button = { method: 'POST', headers: pressed, body: new URLSearchParams() }
  assert.equal((await fetch(app.url + link.pathname, button)).status, 200)
  await assigned('After', team.admin)
  await later(6)
  assert.equal(mailsTo(team.admin, 'Waiting').length, 0)
  assert.equal(mailsTo(team.admin, 'After').length, 0)
  assert.equal((await newestTo(team.admin)).reason, 'unsubscribed')
  const forged = link.pathname.slice(0, -1) + (link.pathname.endsWith('A') ? 'B' : 'A')
  assert.equal((await fetch(app.url + forged, click)).status, 404)
})

test('quiet hours that begin before the mail would leave hold it back, a digest like any other', async () => {
  for (const digest of ['instant', 'hourly']) {
    const quietHours = { from: timeIn(2), to: timeIn(90) }
    await send(team.member, 'PUT', '/api/me/preferences', { digest, quietHours })
    await assigned(`Quiet ${digest}`, team.member)
    await later(89)
    assert.equal(mailsTo(team.member, `Quiet ${digest}`).length, 0)
    await later(1)
    assert.equal(mailsTo(team.member, `Quiet ${digest}`).length, 1)
  }
  await send(team.member, 'PUT', '/api/me/preferences', { digest: 'instant', quietHours: null })
})

test('a digest collects what is unread until its hour, where the person is', async () => {
  await send(team.member, 'PATCH', '/api/me', { timeZone: 'Asia/Kathmandu' })
  await send(team.member, 'PUT', '/api/me/preferences', { digest: 'hourly' })
  for (const title of ['Digest one', 'Digest two']) await assigned(title, team.member)
  const minutesPast = Math.floor((clock.now() / MINUTE_MS + 45) % 60)
  await later(59 - minutesPast)
  assert.equal(mailsTo(team.member, 'Digest').length, 0)
  await later(1)
  const [mail, ...others] = mailsTo(team.member, 'Digest')
  assert.equal(others.length, 0)
  assert.equal(mail!.subject, 'Acme: 2 unread')
  assert.match(mail!.text, /Digest two[^]*Digest one/)
})

test.run()
