import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'

const test = suite('limits on attempts')
const WINDOW_MS = 300_000
let app: TestApp

test.before(async () => {
  app = await createTestApp({ RATE_LIMIT_SCALE: '1' })
})
test.after(() => app?.close())

/** Windows begin on the clock: a test that counts must not meet the turn of one. */
test.before.each(async () => {
  const left = WINDOW_MS - (Date.now() % WINDOW_MS)
  if (left < 12_000) await new Promise((resolve) => setTimeout(resolve, left + 50))
})

let next = 0
const newAddress = () => `203.0.113.${++next}`
const newEmail = () => `somebody${++next}@example.org`

const post = (path: string, body: unknown, address: string) =>
  fetch(`${app.url}/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-real-ip': address },
    body: JSON.stringify(body),
  })
const signIn = (email: string, address: string) => post('/sign-in/email', { email, password: 'a wrong guess' }, address)

async function attemptsUntilRefused(attempt: () => Promise<Response>): Promise<{ count: number; refusal: Response }> {
  for (let count = 0; count < 100; count++) {
    const answer = await attempt()
    if (answer.status === 429) return { count, refusal: answer }
  }
  throw new Error('never refused')
}

test('one account is guessed at only a few times, wherever the guesses come from', async () => {
  const email = newEmail()
  const { count, refusal } = await attemptsUntilRefused(() => signIn(email, newAddress()))
  assert.equal(count, 10)
  const seconds = Number(refusal.headers.get('retry-after'))
  assert.ok(seconds >= 1 && seconds <= 300)
  assert.match(refusal.headers.get('content-type')!, /problem\+json/)
})

test('one address guesses only a few times, whichever the account', async () => {
  const address = newAddress()
  const { count } = await attemptsUntilRefused(() => signIn(newEmail(), address))
  assert.equal(count, 30)
  assert.equal((await signIn(newEmail(), newAddress())).status, 401)
})

test('writing the address of an account differently does not help', async () => {
  const email = newEmail()
  await attemptsUntilRefused(() => signIn(email, newAddress()))
  assert.equal((await signIn(email.toUpperCase(), newAddress())).status, 429)
})

test('reset mails to one account are few', async () => {
  const email = newEmail()
  const { count } = await attemptsUntilRefused(() => post('/request-password-reset', { email }, newAddress()))
  assert.equal(count, 4)
})

test('codes of the second factor are tried only a few times', async () => {
  const address = newAddress()
  const { count } = await attemptsUntilRefused(() => post('/two-factor/verify-totp', { code: '123456' }, address))
  assert.equal(count, 30)
})

test('invitations are guessed at only a few times by one account, wherever it sits', async () => {
  const ada = await app.signUp('Ada')
  const guess = () =>
    ada.fetch(`/api/invitations/${'x'.repeat(43)}/accept`, { method: 'POST', headers: { 'x-real-ip': newAddress() } })
  assert.equal((await attemptsUntilRefused(guess)).count, 30)
})

test('the count is shared by all instances, and goes on here while Redis is away', async () => {
  const email = newEmail()
  const other = await createTestApp({ RATE_LIMIT_SCALE: '1', REDIS_URL: app.redis.url })
  try {
    for (let i = 0; i < 5; i++) await signIn(email, newAddress())
    const elsewhere = () =>
      fetch(`${other.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-real-ip': newAddress() },
        body: JSON.stringify({ email, password: 'a wrong guess' }),
      })
    assert.equal((await attemptsUntilRefused(elsewhere)).count, 5)
  } finally {
    await other.close()
  }
  app.deps.redis.publisher.destroy()
  const alone = newEmail()
  assert.equal((await attemptsUntilRefused(() => signIn(alone, newAddress()))).count, 10)
})

test.run()
