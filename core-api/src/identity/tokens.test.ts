import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { createTestApp, type TestApp } from '../testing/app.ts'
import type { Person } from '../testing/person.ts'
import { createSigningKey } from './signing-key.ts'

const test = suite('tokens')
let app: TestApp
let ada: Person

test.before(async () => {
  app = await createTestApp()
  ada = await app.signUp('Ada')
})
test.after(() => app?.close())

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
const parts = () => ada.token.split('.') as [string, string, string]
const now = () => Math.floor(Date.now() / 1000)
const claims = () => decode(parts()[1])
const status = async (token: string) =>
  (await fetch(`${app.url}/api/token-probe`, { headers: { authorization: `Bearer ${token}` } })).status

test('a token is good for at most fifteen minutes, names the person and carries nothing private', () => {
  const { iat, exp, iss, aud, sub, name, sid, ...rest } = claims()
  assert.ok(Number(exp) - Number(iat) <= 15 * 60)
  assert.deepEqual(
    { iss, aud, sub, name },
    { iss: app.deps.config.publicUrl, aud: 'taskflow', sub: ada.userId, name: 'Ada' },
  )
  assert.equal(typeof sid, 'string')
  assert.deepEqual(rest, {})
})

test('anybody can verify it offline against the published keys', async () => {
  const response = await fetch(`${app.url}/api/auth/jwks`)
  assert.match(response.headers.get('cache-control')!, /max-age/)
  const jwks = (await response.json()) as JSONWebKeySet
  assert.deepEqual(Object.keys(jwks.keys[0]!).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x'])
  const { payload } = await jwtVerify(ada.token, createLocalJWKSet(jwks), {
    algorithms: ['EdDSA'],
    audience: 'taskflow',
  })
  assert.equal(payload.sub, ada.userId)
})

test('our own signature over good claims is taken, so that the refusals below mean something', async () => {
  assert.equal(await status(app.deps.signingKey.sign(claims())), 404)
})

test('unsigned, re-signed and altered tokens are refused', async () => {
  const [header, payload, signature] = parts()
  assert.equal(await status(`${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`), 401)
  assert.equal(await status(`${header}.${encode({ ...claims(), sub: 'somebody-else' })}.${signature}`), 401)
  assert.equal(await status(`${header}.${payload}.`), 401)
})

test('a public key used as a shared secret is refused', async () => {
  const [, payload] = parts()
  const key = app.deps.signingKey.jwks.keys[0]!
  for (const secret of [key.x!, JSON.stringify(key), Buffer.from(key.x!, 'base64url')]) {
    const signed = `${encode({ alg: 'HS256', typ: 'JWT', kid: key.kid })}.${payload}`
    assert.equal(await status(`${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`), 401)
  }
})

test('a key that the token brings along or points at is never used', async () => {
  const [, payload] = parts()
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const jwk = publicKey.export({ format: 'jwk' })
  const { kid } = app.deps.signingKey.jwks.keys[0]!
  for (const extra of [
    { jwk },
    { jku: 'https://attacker.example/jwks' },
    { kid, jwk },
    { kid, x5u: 'https://attacker.example' },
  ]) {
    const signed = `${encode({ alg: 'EdDSA', typ: 'JWT', ...extra })}.${payload}`
    assert.equal(await status(`${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`), 401)
  }
})

test('another audience, another issuer, an expired and a not yet valid token are refused', async () => {
  const good = claims()
  const bad = [
    { ...good, aud: 'stream' },
    { ...good, aud: undefined },
    { ...good, iss: 'https://elsewhere.example' },
    { ...good, exp: now() - 1 },
    { ...good, exp: undefined },
    { ...good, nbf: now() + 600 },
    { ...good, sid: undefined },
    { ...good, sid: '01a1f766-0000-7000-8000-000000000000' },
  ]
  for (const one of bad) assert.equal(await status(app.deps.signingKey.sign(one)), 401, JSON.stringify(one))
})

test('after the secret was rotated the old tokens still verify until they expire', async () => {
  const before = createSigningKey({ appSecret: 'a'.repeat(40), appSecretPrevious: undefined })
  const after = createSigningKey({ appSecret: 'b'.repeat(40), appSecretPrevious: 'a'.repeat(40) })
  const { payload } = await jwtVerify(before.sign({ sub: 'x' }), after.keyFor, { algorithms: ['EdDSA'] })
  assert.equal(payload.sub, 'x')
  await assert.rejects(jwtVerify(after.sign({ sub: 'x' }), before.keyFor, { algorithms: ['EdDSA'] }))
})

test.run()
