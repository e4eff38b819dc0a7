import { CHANNEL_OF_SESSIONS } from '@taskflow/shared/names.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createHmac } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { PUBLIC_URL } from './testing/api.ts'
import { createWorld, type World } from './testing/world.ts'

const test = suite('handshake')
let world: World

test.before(async () => {
  world = await createWorld()
  await world.startNode()
})
test.after(() => world.close())

const refusalOf = async (token: string | undefined, headers: Record<string, string> = { origin: PUBLIC_URL }) => {
  const client = world.open('ada', { auth: token === undefined ? {} : { token }, extraHeaders: headers })
  await client.connected()
  return client.heard.refusal
}
const now = () => Math.floor(Date.now() / 1000)
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const claims = { sub: 'ada', sid: 's', name: 'Ada', iss: PUBLIC_URL, aud: 'taskflow', exp: now() + 300 }

test('a valid token from an allowed origin is let in', async () => {
  assert.equal(await refusalOf(await world.api.token('ada')), undefined)
})

test('a missing, expired or not yet valid token is refused, and the code says why', async () => {
  assert.equal(await refusalOf(undefined), 'token.missing')
  assert.equal(await refusalOf(await world.api.token('ada', { exp: now() - 60 })), 'token.expired')
  assert.equal(await refusalOf(await world.api.token('ada', { nbf: now() + 60 })), 'token.invalid')
})

test('a token for another audience or of another issuer is refused', async () => {
  assert.equal(await refusalOf(await world.api.token('ada', { aud: 'stream' })), 'token.invalid')
  assert.equal(await refusalOf(await world.api.token('ada', { iss: 'http://elsewhere.test' })), 'token.invalid')
  assert.equal(await refusalOf(await world.api.ticket('ada', 'b:1')), 'token.invalid')
})

test('no algorithm and a swapped algorithm are refused', async () => {
  assert.equal(await refusalOf(`${encode({ alg: 'none' })}.${encode(claims)}.`), 'token.invalid')
  const { keys } = (await (await fetch(`${world.api.url}/api/auth/jwks`)).json()) as { keys: object[] }
  const signed = `${encode({ alg: 'HS256', kid: 'test' })}.${encode(claims)}`
  const mac = createHmac('sha256', JSON.stringify(keys[0])).update(signed).digest('base64url')
  assert.equal(await refusalOf(`${signed}.${mac}`), 'token.invalid')
})

test('a key that the token brings along is not believed', async () => {
  const foreign = await generateKeyPair('EdDSA', { extractable: true })
  const jwk = await exportJWK(foreign.publicKey)
  for (const header of [{ kid: 'test' }, { kid: 'other' }, { kid: 'test', jwk }, { jku: 'http://evil.test/jwks' }]) {
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(foreign.privateKey)
    assert.equal(await refusalOf(token), 'token.invalid')
  }
  const jku = { alg: 'EdDSA', kid: 'test', jku: 'http://evil.test/jwks' }
  assert.equal(
    await refusalOf(await new SignJWT(claims).setProtectedHeader(jku).sign(world.api.privateKey)),
    'token.invalid',
  )
})

test('nonsense instead of a token is refused', async () => {
  for (const token of ['x', '..', 'a.b.c', '\0', 'x'.repeat(10_000)])
    assert.equal(await refusalOf(token), 'token.invalid')
})

test('a foreign origin is refused even with a valid token', async () => {
  const token = await world.api.token('ada')
  assert.equal(await refusalOf(token, { origin: 'http://evil.test' }), 'origin.refused')
  assert.equal(await refusalOf(token, { origin: 'null' }), 'origin.refused')
})

test('a program that sends no origin may connect, unless it carries cookies', async () => {
  const token = await world.api.token('ada')
  assert.equal(await refusalOf(token, {}), undefined)
  assert.equal(await refusalOf(token, { cookie: 'session=1' }), 'origin.refused')
})

test('when a session ends its sockets close at once, and its token opens no new one', async () => {
  const open = async (sid: string) => {
    const token = await world.api.token('cleo', { sid, iat: now() - 30 })
    const client = world.open('cleo', { auth: { token } })
    await client.connected()
    return { client, token }
  }
  const [ended, other] = [await open('one'), await open('two')]
  const bystander = await world.connect('ben')
  const startedAt = Date.now()
  await world.publishOn(CHANNEL_OF_SESSIONS, JSON.stringify({ userId: 'cleo', sessionIds: ['one'] }))
  await ended.client.until(() => ended.client.heard.closed !== undefined)
  assert.ok(Date.now() - startedAt < 10_000)
  assert.deepEqual(ended.client.heard.closed, { code: 4001, reason: 'session' })
  assert.equal(await refusalOf(ended.token), 'session.ended')
  await other.client.flush()

  await world.publishOn(CHANNEL_OF_SESSIONS, JSON.stringify({ userId: 'cleo', sessionIds: 'all' }))
  await other.client.until(() => other.client.heard.closed !== undefined)
  assert.equal(await refusalOf(other.token), 'session.ended')
  assert.equal(await refusalOf(await world.api.token('cleo', { sid: 'new', iat: now() + 2 })), undefined)
  await bystander.flush()
})

test('a key that is new to the node is fetched once', async () => {
  const node = await world.startNode()
  assert.equal((await world.connect('ada', node)).heard.refusal, undefined)
})

test.run()
