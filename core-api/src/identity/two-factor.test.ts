import { createHmac } from 'node:crypto'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { createAuthInUse } from './single-sign-on.ts'
import { cookieOf, PASSWORD, type Person } from '../testing/person.ts'

const test = suite('two factors')
let app: TestApp

test.before(async () => {
  app = await createTestApp()
})
test.after(() => app?.close())

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function codeFor(secret: string, at = Date.now()): string {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = digest[19]! & 0xf
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

const post = (path: string, body: unknown, cookie = '') =>
  fetch(`${app.url}/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  })
const signIn = (person: Person) => post('/sign-in/email', { email: person.email, password: PASSWORD })
const isIn = async (cookie: string) =>
  (await fetch(`${app.url}/api/auth/token`, { headers: { cookie } })).status === 200

async function personWithTotp() {
  const ada = await app.signUp('Ada')
  const enabled = await ada.browse('/api/auth/two-factor/enable', { method: 'POST', body: { password: PASSWORD } })
  const { totpURI, backupCodes } = (await enabled.json()) as { totpURI: string; backupCodes: string[] }
  const secret = new URL(totpURI).searchParams.get('secret')!
  const confirmed = await post('/two-factor/verify-totp', { code: codeFor(secret) }, ada.cookie)
  assert.equal(confirmed.status, 200)
  return { ada, secret, backupCodes, cookie: cookieOf(confirmed) }
}

test('a password alone does not sign in a person who has a second factor', async () => {
  const { ada, secret } = await personWithTotp()
  const first = await signIn(ada)
  assert.equal(((await first.json()) as { twoFactorRedirect?: boolean }).twoFactorRedirect, true)
  assert.equal(await isIn(cookieOf(first)), false)
  const wrong = codeFor(secret, Date.now() + 3_600_000)
  assert.equal((await post('/two-factor/verify-totp', { code: wrong }, cookieOf(first))).status, 401)
  const second = await post('/two-factor/verify-totp', { code: codeFor(secret) }, cookieOf(first))
  assert.equal(second.status, 200)
  assert.equal(await isIn(cookieOf(second)), true)
})

test('an account is locked after ten wrong codes, however many sign-ins and addresses they are spread over', async () => {
  const { ada, secret } = await personWithTotp()
  const wrong = codeFor(secret, Date.now() + 3_600_000)
  for (let round = 0; round < 3; round++) {
    const first = cookieOf(await signIn(ada))
    for (let guess = 0; guess < 4; guess++) await post('/two-factor/verify-totp', { code: wrong }, first)
  }
  const locked = await post('/two-factor/verify-totp', { code: codeFor(secret) }, cookieOf(await signIn(ada)))
  assert.equal(locked.status, 429)
  assert.ok(Number(locked.headers.get('retry-after')) > 0)
})

test('a backup code works once', async () => {
  const { ada, backupCodes } = await personWithTotp()
  const [code] = backupCodes
  const used = await post('/two-factor/verify-backup-code', { code }, cookieOf(await signIn(ada)))
  assert.equal(used.status, 200)
  assert.equal(await isIn(cookieOf(used)), true)
  assert.equal((await post('/two-factor/verify-backup-code', { code }, cookieOf(await signIn(ada)))).status, 401)
})

test('switching it on or off needs the password, and gives the session a new id', async () => {
  const { ada, cookie } = await personWithTotp()
  assert.equal(await isIn(ada.cookie), false)
  assert.equal((await post('/two-factor/disable', { password: 'not the password' }, cookie)).status, 400)
  const disabled = await post('/two-factor/disable', { password: PASSWORD }, cookie)
  assert.equal(disabled.status, 200)
  assert.equal(await isIn(cookieOf(await signIn(ada))), true)
})

test('the secret is not readable in the database', async () => {
  const { ada, secret, backupCodes } = await personWithTotp()
  const { rows } = await app.deps.pool.query('select * from auth_two_factor where user_id = $1', [ada.userId])
  const stored = JSON.stringify(rows)
  assert.ok(!stored.includes(secret) && !stored.includes(backupCodes[0]!))
})

test('a second factor outlives a change of APP_SECRET, as long as the former one is named', async () => {
  const { ada, secret } = await personWithTotp()
  const rotated = (appSecretPrevious?: string) => {
    const config = { ...app.deps.config, appSecret: 'n'.repeat(40), appSecretPrevious }
    return createAuthInUse({ ...app.deps, config, post: async () => {} }).current
  }
  const codeTaken = async (auth: ReturnType<typeof rotated>) => {
    const ask = (path: string, cookie: string, body: unknown) =>
      auth.handler(
        new Request(`${app.deps.config.publicUrl}/api/auth${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie },
          body: JSON.stringify(body),
        }),
      )
    const first = await ask('/sign-in/email', '', { email: ada.email, password: PASSWORD })
    return (await ask('/two-factor/verify-totp', cookieOf(first), { code: codeFor(secret) })).status === 200
  }
  assert.equal(await codeTaken(rotated(app.deps.config.appSecret)), true)
  await assert.rejects(codeTaken(rotated()), /key may have been retired/)
})

test('passkeys can be registered for this origin', async () => {
  const ada = await app.signUp('Ada')
  const options = await ada.browse('/api/auth/passkey/generate-register-options')
  assert.equal(options.status, 200)
  const { rp, challenge } = (await options.json()) as { rp: { id: string; name: string }; challenge: string }
  assert.deepEqual(rp, { id: 'localhost', name: 'Taskflow' })
  assert.ok(challenge.length >= 32)
})

test.run()
