import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { SMTPServer } from 'smtp-server'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { PASSWORD, type Person } from '../testing/person.ts'

const test = suite('mail of identity')
const received: string[] = []
let smtp: SMTPServer
let app: TestApp

test.before(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push(plain(Buffer.concat(chunks).toString()))
        done()
      })
    },
  })
  await once(smtp.listen(0, '127.0.0.1'), 'listening')
  const { port } = smtp.server.address() as AddressInfo
  app = await createTestApp({ SMTP_URL: `smtp://127.0.0.1:${port}` })
})
test.after(async () => {
  await app?.close()
  smtp.close(() => {})
})

/** Undoes quoted-printable, so that long links can be read. */
const plain = (mail: string) => mail.replace(/=\r\n/g, '').replace(/=3D/g, '=')

async function mailTo(person: { email: string }, subject: string): Promise<string> {
  for (let wait = 0; wait < 100; wait++) {
    const found = received.findLast((mail) => mail.includes(`To: ${person.email}`) && mail.includes(subject))
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`No mail "${subject}" came for ${person.email}`)
}

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
  const link = new URL(/https?:\S+verify-email\S+/.exec(await mailTo(ada, 'Confirm your e-mail address'))![0])
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
  const link = new URL(/https?:\S+reset-password\S+/.exec(await mailTo(ada, 'Choose a new password'))![0])
  assert.equal(link.origin + link.pathname, `${app.deps.config.publicUrl}/reset-password`)
  const body = { token: link.searchParams.get('token'), newPassword: 'a quite different sentence' }
  assert.equal((await post('/api/auth/reset-password', body)).status, 200)
  assert.equal((await post('/api/auth/reset-password', body)).status, 400)
  assert.equal((await ada.fetch('/api/probe')).status, 401)
  assert.equal((await post('/api/auth/sign-in/email', { email: ada.email, password: PASSWORD })).status, 401)
  assert.equal((await post('/api/auth/sign-in/email', { email: ada.email, password: body.newPassword })).status, 200)
})

test.run()
