import { assert, suite } from '@taskflow/tools/suite.ts'
import type { SMTPServerOptions } from 'smtp-server'
import { write } from '../context.ts'
import { systemActor } from '../jobs/system-actor.ts'
import { postMail } from '../mail/posting.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { foundTeam, sqlAsOwner, type Team } from '../testing/boards.ts'
import { createTestClock } from '../testing/clock.ts'
import { until } from '../testing/until.ts'
import { type Mailbox, openMailbox, parseMail, readAll, type ReceivedMail } from '../testing/mailbox.ts'
import { channels } from './senders.ts'
import { type Sending, startSending } from './sending.ts'

type Refusal = Error & { responseCode?: number }

const test = suite('sending mail')
const clock = createTestClock()
const waits = channels.email!.retryAfterSeconds
let refusal: Refusal | undefined
let hangUps = 0
let isMute = false
const reached = Promise.withResolvers<void>()
const cutOff: ReceivedMail[] = []
let mailbox: Mailbox
let app: TestApp
let team: Team
let sending: Sending

const moods: SMTPServerOptions = {
  onRcptTo: (_address, _session, done) => done(refusal),
}

test.before(async () => {
  mailbox = await openMailbox(moods, async (stream, session) => {
    if (isMute) {
      for await (const _ of stream);
      reached.resolve()
      return false
    }
    if (hangUps === 0) return true
    hangUps--
    cutOff.push(parseMail(await readAll(stream), session.envelope.rcptTo[0]!.address))
    session.hangUp()
    return false
  })
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

/** As Postgres answers while it starts. */
const AWAY = `
  create function refuse() returns trigger language plpgsql as $$
    begin raise exception 'the database system is starting up' using errcode = '57P03'; end $$;
  create trigger away before update on delivery for each row when (new.status = 'sent') execute function refuse()`
const BACK = 'drop function refuse cascade'

let count = 0

async function post(deps = app.deps): Promise<{ id: string; to: string }> {
  const to = `person${++count}@example.org`
  let id = ''
  await write(deps, { actor: systemActor(team.workspaceId) }, async (ctx) => {
    id = postMail(ctx, { to, subject: 'A key', text: 'https://example.org/?key=opens-a-door' }, team)
    return { status: 204 }
  })
  return { id, to }
}

interface Row {
  status: string
  reason: string | null
  attempts: number
  last_error: string | null
  next: string | null
  payload: unknown
}

async function stateOf(id: string): Promise<Row> {
  const [row] = await sqlAsOwner<Row>(
    app,
    'select status, reason, attempts, last_error, iso(next_attempt_at) as next, payload from delivery where id = $1',
    [id],
  )
  return row!
}

const refuse = (code: number, words: string) => (refusal = Object.assign(new Error(words), { responseCode: code }))

test('what the server takes is sent, once, and its words are forgotten', async () => {
  const { id, to } = await post()
  await sending.settled()
  const { headers, text } = await mailbox.mailTo(to)
  assert.match(text, /opens-a-door/)
  assert.equal(headers['message-id'], `<${id}@localhost>`)
  const { status, attempts, payload } = await stateOf(id)
  assert.deepEqual({ status, attempts, payload }, { status: 'sent', attempts: 1, payload: null })
})

test('as long as it waits, the database cannot read it', async () => {
  await sending.stop(1_000)
  const { id } = await post()
  const { payload } = await stateOf(id)
  assert.doesNotMatch(JSON.stringify(payload), /opens-a-door|example\.org/)
  sending = startSending(app.deps)
})

test('a refusal for good is final, in the words of the server', async () => {
  refuse(550, 'No such person here')
  const { id } = await post()
  await sending.settled()
  refusal = undefined
  const { status, reason, attempts, last_error } = await stateOf(id)
  assert.deepEqual([status, reason, attempts], ['failed', 'refused', 1])
  assert.match(last_error!, /550 No such person here/)
})

test('a refusal for now is tried again, and then it is sent', async () => {
  refuse(451, 'Come back later')
  const { id, to } = await post()
  await sending.settled()
  refusal = undefined
  const { status, last_error, next } = await stateOf(id)
  assert.equal(status, 'queued')
  assert.match(last_error!, /451 Come back later/)
  const wait = (Date.parse(next!) - clock.now()) / 1000
  assert.ok(wait >= waits[0]! && wait <= waits[0]! * 1.2, `${wait} s`)
  await sending.settled()
  assert.equal((await stateOf(id)).attempts, 1)
  clock.advance(wait * 1000)
  await sending.settled()
  await mailbox.mailTo(to)
  assert.equal((await stateOf(id)).status, 'sent')
})

test('what is cut off is sent again under the same name', async () => {
  hangUps = 1
  const { id, to } = await post()
  await sending.settled()
  assert.equal((await stateOf(id)).status, 'queued')
  clock.advance(waits[0]! * 1200)
  await sending.settled()
  const arrived = await mailbox.mailTo(to)
  assert.equal(cutOff.at(-1)!.headers['message-id'], arrived.headers['message-id'])
})

test('after the last wait it is given up', async () => {
  refuse(451, 'Never')
  const { id } = await post()
  for (const wait of [...waits, 0]) {
    await sending.settled()
    clock.advance(wait * 1200)
  }
  refusal = undefined
  const { status, reason, attempts } = await stateOf(id)
  assert.deepEqual([status, reason, attempts], ['failed', 'given up', waits.length + 1])
})

test('what a dead sender was at is sent by another, and the dead one can settle nothing any more', async () => {
  await sending.stop(1_000)
  const { id, to } = await post()
  const now = new Date(clock.now())
  const take = () =>
    app.deps.pool.query('select id, attempts from claim_deliveries($1, $2, $3)', [
      '{"email":10}',
      now,
      new Date(clock.now() + 30_000),
    ])
  const { rows } = await take()
  assert.ok(rows.some((row) => row.id === id))
  sending = startSending(app.deps)
  await sending.settled()
  assert.equal((await stateOf(id)).status, 'sending')
  clock.advance(30_000)
  await sending.settled()
  await mailbox.mailTo(to)
  const late = await app.deps.pool.query(
    `select settle_delivery($1, 1, 'failed', null, 'late', null, null, null, null) as done`,
    [id],
  )
  assert.equal(late.rows[0].done, false)
  assert.deepEqual([(await stateOf(id)).status, (await stateOf(id)).attempts], ['sent', 2])
})

test('what was sent while the database is away is written down when it is back, and not sent again', async () => {
  await sqlAsOwner(app, AWAY)
  const { id, to } = await post()
  sending.wake()
  await mailbox.mailTo(to)
  await until(() => app.logged().includes('written down later'))
  assert.equal((await stateOf(id)).status, 'sending')
  await sqlAsOwner(app, BACK)
  await sending.settled()
  assert.deepEqual([(await stateOf(id)).status, (await stateOf(id)).attempts], ['sent', 1])
  assert.equal(mailbox.received.filter((mail) => mail.to === to).length, 1)
})

test('a mail server that says nothing does not keep a worker from stopping, and the mail is left for others', async () => {
  isMute = true
  const { id } = await post()
  sending.wake()
  await reached.promise
  await sending.stop(0)
  isMute = false
  const { status, last_error } = await stateOf(id)
  assert.deepEqual([status, last_error], ['queued', 'Message sending aborted'])
  sending = startSending(app.deps)
})

test('without a mail server it is in the log, and says why it was not sent', async () => {
  await sending.stop(1_000)
  sending = startSending({ ...app.deps, mailServer: undefined })
  const { id } = await post()
  await sending.settled()
  const { status, reason } = await stateOf(id)
  assert.deepEqual([status, reason], ['suppressed', 'no mail server configured'])
  assert.match(app.logged(), /opens-a-door/)
})

test.run()
