import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { write } from '../context.ts'
import { systemActor } from '../jobs/system-actor.ts'
import { postMail } from '../mail/posting.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { foundTeam, sqlAsOwner } from '../testing/boards.ts'
import { type Mailbox, openMailbox } from '../testing/mailbox.ts'
import { until } from '../testing/until.ts'
import { channels } from './senders.ts'

const WORKER = fileURLToPath(new URL('../worker.ts', import.meta.url))
const MAILS = 80
const WORKERS = 3
const SLOWNESS_MS = 40

const test = suite('sending mail with workers that die')
const workers: ChildProcess[] = []
let mailbox: Mailbox
let app: TestApp

test.before(async () => {
  mailbox = await openMailbox({}, async () => {
    await new Promise((done) => setTimeout(done, SLOWNESS_MS))
    return true
  })
  app = await createTestApp({ SMTP_URL: mailbox.url })
  for (let i = 0; i < WORKERS; i++) {
    const env = { ...process.env, ...app.environment, LOG_LEVEL: 'error' }
    workers.push(spawn(process.execPath, [WORKER], { env, stdio: ['ignore', 'ignore', 'inherit'] }))
  }
})
test.after(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  await app?.close()
  await mailbox?.close()
})

test('every mail arrives, and only what was under way in the killed one may come again, under the same name', async () => {
  const { workspaceId } = await foundTeam(app)
  const fromPeople = 5
  await until(() => mailbox.received.length === fromPeople)
  const sentTo = Array.from({ length: MAILS }, (_, i) => `person${i}@example.org`)
  for (const to of sentTo) {
    await write(app.deps, { actor: systemActor(workspaceId) }, async (ctx) => {
      postMail(ctx, { to, subject: 'Once', text: 'and only once' }, { workspaceId })
      return { status: 204 }
    })
  }
  const mails = () => mailbox.received.filter(({ subject }) => subject === 'Once')
  await until(() => mails().length > MAILS / 4)
  workers[0]!.kill('SIGKILL')
  const left = `select count(*)::int as left from delivery where status <> 'sent'`
  await until(async () => (await sqlAsOwner<{ left: number }>(app, left))[0]!.left === 0)
  assert.deepEqual(new Set(mails().map(({ to }) => to)), new Set(sentTo))
  assert.equal(new Set(mails().map(({ headers }) => headers['message-id'])).size, MAILS)
  assert.ok(mails().length - MAILS <= channels.email!.concurrency, `${mails().length - MAILS} came again`)
})

test.run()
