import type {
  Webhook,
  WebhookDelivery,
  WebhookDeliveryDetail,
  WebhookWithSecret,
} from '@taskflow/shared/dto/webhook.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { startSending } from '../deliveries/sending.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, expectRefused, foundTeam, send, sqlAsOwner, type Team } from '../testing/boards.ts'
import { createTestClock } from '../testing/clock.ts'
import { until } from '../testing/until.ts'
import { createHookedWorkspaces } from './hooked-workspaces.ts'
import { isSignedWith, openReceiver, type WebhookReceiver } from '../testing/receiver.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#deliverability-and-reliability */
const TABLE = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]

const test = suite('webhooks')
const clock = createTestClock(Date.parse('2026-11-20T09:00:00.000Z'))
let app: TestApp
let team: Team
let receiver: WebhookReceiver
let sending: ReturnType<typeof startSending>

test.before(async () => {
  app = await createTestApp({ OUTBOUND_ALLOW: '127.0.0.1' }, clock)
  team = await foundTeam(app)
  receiver = await openReceiver()
  sending = startSending(app.deps)
})
test.after(async () => {
  await sending?.stop(1_000)
  receiver?.close()
  await app?.close()
})

let last: string | undefined
async function hook(input: object = {}): Promise<WebhookWithSecret> {
  if (last) await send(team.owner, 'DELETE', `/api/webhooks/${last}`)
  await sending.settled()
  receiver.forget()
  const path = `/api/workspaces/${team.workspaceId}/webhooks`
  const created = await send<WebhookWithSecret>(team.admin, 'POST', path, { url: receiver.url, ...input })
  last = created.id
  return created
}

const act = <T>(method: string, path: string, body?: object) => send<T>(team.owner, method, path, body)
const add = (title = 'Water the plants') => addTask(team.owner, team.boardId, { title })
const webhookOf = ({ id }: { id: string }) => act<Webhook>('GET', `/api/webhooks/${id}`)
const logOf = async ({ id }: { id: string }) =>
  (await act<{ items: WebhookDelivery[] }>('GET', `/api/webhooks/${id}/deliveries`)).items

/** The next attempt is a moment away: time goes on until it is made. */
async function wait(ms: number): Promise<void> {
  clock.advance(ms)
  await sending.settled()
}

test('what happens on a board is told, signed, with the task that it is about', async () => {
  const { secret } = await hook({ events: ['task.*'] })
  const task = await add()
  await sending.settled()
  const [sent] = receiver.bodies()
  assert.deepEqual(
    [sent!.type, sent!.boardId, sent!.actor.name, sent!.task.title, sent!.data.id],
    ['task.created', team.boardId, 'Olga', task.title, task.id],
  )
  assert.equal(sent!.task.url, `${app.deps.config.publicUrl}/boards/${team.boardId}/tasks/${task.id}`)
  const [raw] = receiver.received
  assert.ok(isSignedWith(secret!, raw!))
  assert.equal(raw!.headers['webhook-timestamp'], String(clock.now() / 1000))
  assert.equal(raw!.headers['content-type'], 'application/json')
})

test('only what was asked for is told, each fact once', async () => {
  await hook({ events: ['task.closed', 'label.*'] })
  const { id } = await add()
  await act('PUT', `/api/tasks/${id}/closed`)
  await act('POST', `/api/workspaces/${team.workspaceId}/labels`, { name: 'Garden' })
  await sending.settled()
  assert.deepEqual(
    receiver
      .bodies()
      .map(({ type }) => type)
      .sort(),
    ['label.created', 'task.closed'],
  )
})

test('private boards are told to nobody, also not in the moment in which they become private', async () => {
  await hook()
  const board = await act<{ id: string }>('POST', `/api/workspaces/${team.workspaceId}/boards`, {
    name: 'Secret',
    visibility: 'private',
  })
  await addTask(team.owner, board.id, { title: 'Hidden' })
  const open = await act<{ id: string }>('POST', `/api/workspaces/${team.workspaceId}/boards`, { name: 'Open' })
  await act('PATCH', `/api/boards/${open.id}`, { visibility: 'private', name: 'Now hidden' })
  await addTask(team.owner, open.id, { title: 'Hidden too' })
  await sending.settled()
  const told = JSON.stringify(receiver.bodies())
  assert.ok(!told.includes('Hidden') && !told.includes('Secret') && !told.includes('Now hidden'), told)
})

test('that a workspace has no webhooks is believed for some seconds only', async () => {
  const { workspaceId } = await foundTeam(app)
  let now = 0
  const hooked = createHookedWorkspaces(app.deps, () => now)
  assert.ok(hooked.mayHave(workspaceId))
  await until(() => !hooked.mayHave(workspaceId))
  now += MINUTE
  assert.ok(hooked.mayHave(workspaceId))
})

test('a workspace hears nothing of another', async () => {
  await hook()
  const [workspace] = await send<{ items: { id: string }[] }>(team.stranger, 'GET', '/api/workspaces').then(
    ({ items }) => items,
  )
  await send(team.stranger, 'POST', `/api/workspaces/${workspace!.id}/labels`, { name: 'Foreign' })
  await sending.settled()
  assert.deepEqual(receiver.bodies(), [])
})

test('what fails is tried again by the table of the specification, with the same id and a time of its own', async () => {
  const created = await hook({ events: ['task.created'] })
  receiver.answer(500, 'hang up', 503, 404, 500, 502, 500, 302, 504)
  await add()
  await sending.settled()
  for (const wait of TABLE) {
    const count = receiver.received.length
    clock.advance(wait - SECOND)
    await sending.settled()
    assert.equal(receiver.received.length, count, 'not before its time')
    clock.advance(wait * 0.2 + SECOND)
    await sending.settled()
    assert.equal(receiver.received.length, count + 1)
  }
  assert.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 1)
  assert.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size, 10)
  for (const one of receiver.received) assert.ok(isSignedWith(created.secret!, one))
  const [logged] = await logOf(created)
  assert.deepEqual([logged!.status, logged!.attempts, logged!.answer!.status], ['sent', 10, 200])
  assert.equal((await webhookOf(created)).failingSince, null)
})

test('what fails ten times is given up, in the words of the other side, and can be sent again by hand', async () => {
  const created = await hook({ events: ['task.created'] })
  receiver.answer(...Array.from({ length: 10 }, () => ({ status: 500, body: 'database\0 on fire' })))
  await add()
  await sending.settled()
  for (const ms of TABLE) await wait(ms * 1.2)
  const [failed] = await logOf(created)
  assert.deepEqual([failed!.status, failed!.reason, failed!.attempts], ['failed', 'given up', 10])
  assert.match(failed!.lastError!, /answered 500: database on fire/)
  const path = `/api/webhooks/${created.id}/deliveries/${failed!.id}`
  await act('POST', `${path}/replay`)
  await sending.settled()
  const { status, request } = await act<WebhookDeliveryDetail>('GET', path)
  assert.deepEqual([status, request], ['sent', receiver.bodies().at(-1)])
  assert.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 1)
})

test('whoever asks for time gets it', async () => {
  await hook({ events: ['task.created'] })
  receiver.answer({ status: 429, headers: { 'Retry-After': '120' } })
  await add()
  await sending.settled()
  await wait(110 * SECOND)
  assert.equal(receiver.received.length, 1)
  await wait(11 * SECOND)
  assert.equal(receiver.received.length, 2)
})

test('a receiver that is gone is switched off at once, and those who run the workspace are told', async () => {
  const created = await hook({ events: ['task.created'], description: 'Build robot' })
  await send(team.admin, 'PUT', `/api/workspaces/${team.workspaceId}/muted`)
  receiver.answer(410)
  await add()
  await sending.settled()
  const { enabled, offReason } = await webhookOf(created)
  assert.deepEqual([enabled, offReason], [false, 'gone'])
  await add()
  await wait(DAY)
  assert.equal(receiver.received.length, 1)
  for (const person of [team.owner, team.admin]) {
    const { items } = await send<{ items: { reason: string; title: string }[] }>(person, 'GET', '/api/notifications')
    assert.ok(items.some(({ reason, title }) => reason === 'webhook_disabled' && title === 'Build robot'))
  }
  const { items } = await send<{ items: { reason: string }[] }>(team.member, 'GET', '/api/notifications')
  assert.ok(!items.some(({ reason }) => reason === 'webhook_disabled'))
  await send(team.admin, 'DELETE', `/api/workspaces/${team.workspaceId}/muted`)
})

test('one that fails for five days is switched off; switched on again it begins anew', async () => {
  const created = await hook({ events: ['task.created'] })
  receiver.answer(...Array.from({ length: 40 }, () => 500))
  for (let day = 0; day < 4; day++) {
    await add()
    await sending.settled()
    await wait(DAY)
  }
  assert.equal((await webhookOf(created)).enabled, true)
  await wait(DAY + HOUR)
  await wait(DAY)
  const { enabled, offReason, failingSince } = await webhookOf(created)
  assert.deepEqual([enabled, offReason, failingSince !== null], [false, 'failing', true])
  const on = await act<Webhook>('PATCH', `/api/webhooks/${created.id}`, { enabled: true })
  assert.deepEqual([on.enabled, on.offReason, on.failingSince], [true, null, null])
})

test('two failures with idle days between are no five days; at another address it begins anew', async () => {
  const created = await hook({ events: ['task.created'] })
  receiver.answer(500, 500)
  await add()
  await sending.settled()
  await sqlAsOwner(app, 'delete from delivery where target_id = $1', [created.id])
  await wait(10 * DAY)
  await add()
  await sending.settled()
  const { enabled, failingSince } = await webhookOf(created)
  assert.deepEqual([enabled, failingSince !== null], [true, true])
  const moved = await act<Webhook>('PATCH', `/api/webhooks/${created.id}`, { url: `${receiver.url}/elsewhere` })
  assert.equal(moved.failingSince, null)
})

test('while one secret replaces another, both sign; after a day only the new one', async () => {
  const { secret: old, id } = await hook({ events: ['task.created'] })
  receiver.forget()
  await sqlAsOwner(app, `delete from delivery where target_id = $1`, [id])
  const { secret, rotatingUntil } = await act<WebhookWithSecret>('POST', `/api/webhooks/${id}/rotate`)
  assert.ok(rotatingUntil)
  await add()
  await sending.settled()
  const during = receiver.received.at(-1)!
  assert.deepEqual([isSignedWith(old!, during), isSignedWith(secret!, during)], [true, true])
  await wait(DAY + SECOND)
  await add()
  await sending.settled()
  const after = receiver.received.at(-1)!
  assert.deepEqual([isSignedWith(old!, after), isSignedWith(secret!, after)], [false, true])
})

test('a secret is told once and lies in the database sealed, with the address', async () => {
  const { secret, id } = await hook({ url: `${receiver.url}?token=abc123secret` })
  assert.match(secret!, /^whsec_[A-Za-z0-9+/]{43}=$/)
  const shown = await webhookOf({ id })
  assert.ok(!JSON.stringify(shown).includes('whsec_') && !shown.url.includes('abc123'))
  const rows = JSON.stringify(await sqlAsOwner(app, 'select * from webhook'))
  const answers = JSON.stringify(await sqlAsOwner(app, 'select body from idempotency'))
  for (const text of [secret!, 'abc123secret']) assert.ok(!rows.includes(text) && !answers.includes(text))
})

test('a test is sent also to one that is switched off', async () => {
  const { id } = await hook({ events: ['task.created'] })
  await act('PATCH', `/api/webhooks/${id}`, { enabled: false })
  await act('POST', `/api/webhooks/${id}/test`)
  await sending.settled()
  assert.deepEqual(
    receiver.bodies().map(({ type }) => type),
    ['webhook.test'],
  )
})

test('Slack is told in a sentence, in which no title can do harm', async () => {
  await hook({ kind: 'slack', events: ['task.moved', 'comment.created'] })
  const { id } = await add('<!channel> & co')
  await act('PUT', `/api/tasks/${id}/position`, { columnId: team.columns[1].id })
  await act('POST', `/api/tasks/${id}/comments`, { body: 'Who <@U1> knows?' })
  await sending.settled()
  const texts = receiver.bodies().map(({ text }) => text)
  const [said, moved] = texts.toSorted()
  assert.match(moved!, /^\*Olga\* moved <http[^|]+\|[A-Z]+-\d+ &lt;!channel&gt; &amp; co> to \*Doing\*$/)
  assert.match(said!, /commented on .*\n> Who &lt;@U1&gt; knows\?$/)
  assert.ok(!(await webhookOf({ id: last! })).url.includes('/hook'))
})

test('an address inside is refused, and one that leads inside is not asked', async () => {
  const path = `/api/workspaces/${team.workspaceId}/webhooks`
  for (const url of ['http://169.254.169.254/', 'http://[::ffff:10.0.0.1]/', 'ftp://example.org'])
    await expectRefused([team.owner, 'POST', path, { url }], 400, 'webhooks.address')
  await expectRefused([team.owner, 'POST', path, { url: receiver.url, events: ['notification.*'] }], 400)
})

test('a message is left exactly if its change is made', async () => {
  const { id } = await hook({ events: ['task.created'] })
  await expectRefused([team.owner, 'POST', `/api/boards/${team.boardId}/tasks`, { title: '' }], 400)
  const key = { 'idempotency-key': crypto.randomUUID() }
  for (let i = 0; i < 2; i++)
    await team.owner.fetch(`/api/boards/${team.boardId}/tasks`, {
      method: 'POST',
      headers: key,
      body: { title: 'Once' },
    })
  await sending.settled()
  assert.equal((await logOf({ id })).length, 1)
})

test('a receiver that keeps silent does not keep others waiting', async () => {
  const silent = await openReceiver()
  silent.answer(...Array.from({ length: 30 }, () => 'silence' as const))
  await hook({ url: silent.url, events: ['task.created'] })
  for (let i = 0; i < 30; i++) await add(`One of many ${i}`)
  const { items } = await send<{ items: { id: string }[] }>(team.stranger, 'GET', '/api/workspaces')
  const path = `/api/workspaces/${items[0]!.id}`
  await send(team.stranger, 'POST', `${path}/webhooks`, { url: receiver.url, events: ['label.*'] })
  await send(team.stranger, 'POST', `${path}/labels`, { name: 'Not waiting' })
  await until(() => receiver.received.length === 1)
  assert.ok(silent.received.length <= 2)
  silent.close()
})

test('people are told in a webhook of their own of what they chose', async () => {
  await hook({ events: ['workspace.updated'] })
  const { member } = team
  assert.equal(await send(member, 'GET', '/api/me/webhook'), null)
  const { secret } = await send<{ secret: string }>(member, 'PUT', '/api/me/webhook', { url: receiver.url })
  await send(member, 'PUT', '/api/me/preferences', { matrix: { assigned: { webhook: true } } })
  const { id } = await add('For Mona')
  await act('PUT', `/api/tasks/${id}/assignees/${member.userId}`)
  await sending.settled()
  const [sent] = receiver.bodies()
  assert.deepEqual(
    [sent!.type, sent!.data.reason, sent!.data.text],
    ['notification', 'assigned', 'Olga assigned this to you'],
  )
  assert.ok(isSignedWith(secret, receiver.received[0]!))
  await send(member, 'POST', '/api/me/test-delivery', { channel: 'webhook' })
  await sending.settled()
  assert.equal(receiver.bodies().at(-1)!.type, 'webhook.test')
  await expectRefused([member, 'POST', '/api/me/test-delivery', { channel: 'slack' }], 422)
})

test('what happened to a task in quiet hours is told once when they are over, and not while they are', async () => {
  await hook({ events: ['workspace.updated'] })
  const { member } = team
  const timeIn = (ms: number) => new Date(clock.now() + ms).toISOString().slice(11, 16)
  await send(member, 'PUT', '/api/me/preferences', {
    matrix: { assigned: { webhook: true }, commented: { webhook: true } },
    quietHours: { from: timeIn(0), to: timeIn(HOUR) },
  })
  const { id } = await add('In the night')
  await act('PUT', `/api/tasks/${id}/assignees/${member.userId}`)
  for (const body of ['One', 'Two', 'Three']) await act('POST', `/api/tasks/${id}/comments`, { body })
  await sending.settled()
  await send(member, 'PUT', '/api/me/preferences', { quietHours: { from: timeIn(0), to: timeIn(2 * HOUR) } })
  await wait(HOUR)
  assert.deepEqual(receiver.bodies(), [])
  await wait(HOUR)
  assert.deepEqual(
    receiver.bodies().map(({ data }) => [data.unreadCount, data.excerpt]),
    [[4, 'Three']],
  )
  await send(member, 'PUT', '/api/me/preferences', { quietHours: null })
})

test.run()
