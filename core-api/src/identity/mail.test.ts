import { assert, suite } from '@taskflow/tools/suite.ts'
import { type Sending, startSending } from '../deliveries/sending.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { type Mailbox, openMailbox } from '../testing/mailbox.ts'
import { PASSWORD, type Person } from '../testing/person.ts'

const test = suite('mail of identity')
let mailbox: Mailbox
let app: TestApp
let sending: Sending

test.before(async () => {
  mailbox = await openMailbox()
  app = await createTestApp({ SMTP_URL: mailbox.url })
  sending = startSending(app.deps)
})
test.after(async () => {
  await sending?.stop(1_000)
  await app?.close()
  await mailbox?.close()
})

const post = (path: string, body: unknown) =>
  fetch(app.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

const verified = async (person: Person) => {
  const { rows } = await app.deps.pool.query<{ email_verified: boolean }>(
    'select email_verified from auth_user where id = $1',
    [person.userId],
  )
  return rows[0]!.email_verified
}

test('signing up sends a link that confirms the address', async () => {
  const ada = await app.signUp('Ada')
  const link = new URL(
    /https?:\S+verify-email\S+/.exec((await mailbox.mailTo(ada.email, 'Confirm your e-mail address')).text)![0],
  )
  assert.equal(link.origin + link.pathname, `${app.deps.config.publicUrl}/verify-email`)
  assert.equal(await verified(ada), false)
  const answer = await fetch(`${app.url}/api/auth/verify-email${link.search}`)
  assert.equal(answer.status, 200)
  assert.equal(await verified(ada), true)
})

test('asking for a reset answers the same for everybody', async () => {
  const ada = await app.signUp('Ada')
  const answers = await Promise.all(
    [ada.email, 'nobody@example.org'].map((email) => post('/api/auth/request-password-reset', { email })),
  )
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  )
  const [known, unknown] = await Promise.all(answers.map((answer) => answer.text()))
  assert.equal(known, unknown)
})

test('the reset link works once, changes the password and ends all sessions', async () => {
  const ada = await app.signUp('Ada')
  await post('/api/auth/request-password-reset', { email: ada.email })
  const link = new URL(
    /https?:\S+reset-password\S+/.exec((await mailbox.mailTo(ada.email, 'Choose a new password')).text)![0],
  )
  assert.equal(link.origin + link.pathname, `${app.deps.config.publicUrl}/reset-password`)
  const body = { token: link.searchParams.get('token'), newPassword: 'a quite different sentence' }
  assert.equal((await post('/api/auth/reset-password', body)).status, 200)
  assert.equal((await post('/api/auth/reset-password', body)).status, 400)
  assert.equal((await ada.fetch('/api/probe')).status, 401)
  assert.equal((await post('/api/auth/sign-in/email', { email: ada.email, password: PASSWORD })).status, 401)
  assert.equal((await post('/api/auth/sign-in/email', { email: ada.email, password: body.newPassword })).status, 200)
})

test.run()
