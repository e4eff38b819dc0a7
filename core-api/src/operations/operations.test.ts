import type { DeadLetter, Delivery, ScheduleState } from '@taskflow/shared/dto/operations.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { write, type WriteCtx } from '../context.ts'
import { type Sending, startSending } from '../deliveries/sending.ts'
import { ensureQueues } from '../jobs/ensuring-queues.ts'
import { enqueue } from '../jobs/enqueuing.ts'
import { schedules } from '../jobs/schedules.ts'
import { systemActor } from '../jobs/system-actor.ts'
import { startTicking } from '../jobs/ticking.ts'
import { type Handlers, startWorking } from '../jobs/working.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, expectRefused, foundTeam, send, type Team } from '../testing/boards.ts'
import { createTestClock } from '../testing/clock.ts'
import { type Mailbox, openMailbox } from '../testing/mailbox.ts'
import { until } from '../testing/until.ts'
import { invite } from '../testing/workspaces.ts'

const test = suite('looking into how it runs')
const clock = createTestClock()
let refusing = false
let mailbox: Mailbox
let app: TestApp
let team: Team
let sending: Sending

test.before(async () => {
  mailbox = await openMailbox({
    onRcptTo: (_address, _session, done) =>
      done(refusing ? Object.assign(new Error('Mailbox full'), { responseCode: 552 }) : undefined),
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

const addMention = (taskId: string) =>
  send(team.owner, 'POST', `/api/tasks/${taskId}/comments`, { body: `@[Mona](user:${team.member.userId}), please` })
const deliveries = (query = '') =>
  send<Page<Delivery>>(team.admin, 'GET', `/api/operations/deliveries?workspaceId=${team.workspaceId}${query}`)

test('an admin sees when each schedule ran last and when it will next', async () => {
  const ticking = await startTicking(app.deps)
  await ticking.settled()
  await ticking.stop(1_000)
  const { items } = await send<{ items: ScheduleState[] }>(team.admin, 'GET', '/api/operations/schedules')
  assert.deepEqual(
    items.map(({ name }) => name),
    schedules.map(({ name }) => name).sort(),
  )
  for (const { lastFinishedAt, nextAt, lastError, running } of items) {
    assert.deepEqual([running, lastError], [false, null])
    assert.ok(Date.parse(lastFinishedAt!) <= clock.now() && Date.parse(nextAt) > clock.now())
  }
  await expectRefused([team.member, 'GET', '/api/operations/schedules'], 403, 'access.forbidden')
})

test('an admin sees what became of a mail, in the words of the other side, and can have it tried again', async () => {
  refusing = true
  await invite(team.owner, team.workspaceId, { email: 'eva@example.org', role: 'member' })
  await sending.settled()
  refusing = false
  const { items } = await deliveries('&status=failed')
  assert.equal(items.length, 1)
  const [failed] = items
  assert.deepEqual([failed!.recipient, failed!.purpose, failed!.attempts], ['eva@example.org', 'transactional', 1])
  assert.match(failed!.lastError!, /552 Mailbox full/)
  const retry = `/api/operations/deliveries/${failed!.id}/retry`
  await expectRefused([team.admin, 'POST', retry], 422, 'deliveries.forgotten')
  await expectRefused([team.stranger, 'POST', retry], 404)
})

test('a mail of which a later one says the same is not sent once more', async () => {
  const { id } = await addTask(team.owner, team.boardId, { title: 'Full', assigneeIds: [team.member.userId] })
  refusing = true
  clock.advance(5 * 60_000)
  await sending.settled()
  refusing = false
  const [failed] = (await deliveries('&status=failed')).items.filter(({ taskId }) => taskId === id)
  const retry = [team.admin, 'POST', `/api/operations/deliveries/${failed!.id}/retry`] as const
  await addMention(id)
  await expectRefused([...retry], 409, 'deliveries.superseded')
  clock.advance(5 * 60_000)
  await sending.settled()
  await send(...retry)
  await sending.settled()
  assert.equal((await deliveries('&kind=email')).items.find((one) => one.id === failed!.id)!.status, 'sent')
})

test('nobody sees the messages of another workspace, nor those to people themselves', async () => {
  await app.signUp('Mo')
  await sending.settled()
  const { items } = await deliveries()
  assert.ok(items.length > 0)
  assert.ok(items.every(({ workspaceId }) => workspaceId === team.workspaceId))
  const theirs = await send<Page<Delivery>>(team.stranger, 'GET', '/api/operations/deliveries')
  assert.deepEqual(theirs.items, [])
})

test('"send me a test" arrives, and shows its way', async () => {
  const { id } = await send<{ id: string }>(team.member, 'POST', '/api/me/test-delivery', { channel: 'email' })
  await sending.settled()
  const { to } = await mailbox.mailTo(team.member.email, 'reaches you')
  assert.equal(to, team.member.email)
  const mine = await send<Delivery>(team.member, 'GET', `/api/me/deliveries/${id}`)
  assert.deepEqual([mine.status, mine.purpose, mine.attempts], ['sent', 'test', 1])
  const [newest] = (await send<Page<Delivery>>(team.member, 'GET', '/api/me/deliveries')).items
  assert.equal(newest!.id, id)
  await expectRefused([team.owner, 'GET', `/api/me/deliveries/${id}`], 404, 'deliveries.not_found')
})

test('a job that failed too often is seen by the admins of its workspace only, and is done when it is replayed', async () => {
  const kinds = {
    'test.unlucky': { concurrency: 1, retries: 0, waitSeconds: 1, longestWaitSeconds: 1, withinSeconds: 9 },
  }
  const leave = enqueue as unknown as (ctx: WriteCtx, kind: string, data: object) => string
  let lucky = false
  let done = 0
  const handlers = {
    'test.unlucky': async () => {
      if (!lucky) throw new Error('no luck')
      done++
    },
  }
  await ensureQueues(app.deps.pool, kinds)
  const jobs = await startWorking(app.deps, handlers as unknown as Handlers, kinds)
  await write(app.deps, { actor: systemActor(team.workspaceId) }, async (ctx) => {
    leave(ctx, 'test.unlucky', { workspaceId: team.workspaceId })
    return { status: 204 }
  })
  const path = `/api/operations/dead-letters?workspaceId=${team.workspaceId}`
  const list = async () => (await send<Page<DeadLetter>>(team.admin, 'GET', path)).items
  const [dead] = await until(async () => ((await list()).length > 0 ? list() : null))
  assert.deepEqual([dead!.kind, dead!.attempts, dead!.error], ['test.unlucky', 1, 'no luck'])
  await expectRefused([team.stranger, 'POST', `/api/operations/dead-letters/${dead!.id}/replay`], 404)
  lucky = true
  await send(team.admin, 'POST', `/api/operations/dead-letters/${dead!.id}/replay`)
  await until(() => done)
  await jobs.stop(1_000)
  assert.deepEqual([done, await list()], [1, []])
})

test.run()
