import { request } from 'node:http'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { z } from 'zod'
import { createTestApp, type TestApp } from '../testing/app.ts'
import type { Person } from '../testing/person.ts'
import { BODY_LIMIT_BYTES } from './read-json.ts'

const test = suite('the edges of the API')
let app: TestApp
let ada: Person

test.before(async () => {
  app = await createTestApp({ PUBLIC_URL: 'https://taskflow.example.org' })
  app.app.post('/api/echo', async (c) => c.json(await c.req.json()))
  app.app.post('/api/bodiless', (c) => c.json({ ok: true }))
  app.app.get('/api/query', (c) => c.json(c.req.query()))
  app.app.post('/api/store', async (c) => {
    const { text, id } = (await c.req.json()) as { text?: string; id?: string }
    await app.deps.pool.query('select $1::text, $2::uuid', [text, id])
    return c.json({ ok: true })
  })
  app.app.get('/api/broken', () => {
    throw new Error('secret inner words: select * from auth_user')
  })
  ada = await app.signUp('Ada')
})
test.after(() => app?.close())

type Refusal = { code: string; detail: string; errors?: { path: string; message: string }[]; requestId: string }
const refusalOf = async (answer: Response) => {
  assert.match(answer.headers.get('content-type')!, /^application\/problem\+json/)
  return (await answer.json()) as Refusal
}
const echo = (body: string, headers: Record<string, string> = {}) =>
  ada.fetch('/api/echo', { method: 'POST', body, headers })

test('a request from another site is refused, whatever it carries', async () => {
  const from = (headers: Record<string, string>) => ada.browse('/api/bodiless', { method: 'POST', headers })
  assert.equal((await from({ 'sec-fetch-site': 'cross-site' })).status, 403)
  assert.equal((await from({ origin: 'https://attacker.example' })).status, 403)
  assert.equal((await from({ origin: 'null' })).status, 403)
  assert.equal((await from({ origin: 'https://evil.taskflow.example.org', 'sec-fetch-site': 'same-site' })).status, 403)
  assert.equal((await from({ origin: 'https://taskflow.example.org', 'sec-fetch-site': 'same-origin' })).status, 200)
})

test('another site cannot sign a visitor in either', async () => {
  const answer = await fetch(`${app.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://attacker.example' },
    body: JSON.stringify({ email: ada.email, password: 'x' }),
  })
  assert.equal(answer.status, 403)
})

test('what a plain form can send is not taken', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const answer = await echo('{"a":1}', { 'content-type': type })
    assert.equal(answer.status, 415, type)
    assert.equal((await refusalOf(answer)).code, 'request.not_json')
  }
  assert.equal((await echo('{"a":1}', { 'content-type': 'application/json; charset=utf-8' })).status, 200)
  assert.equal((await ada.fetch('/api/bodiless', { method: 'POST' })).status, 200)
})

test('no other origin may read answers', async () => {
  const answer = await ada.fetch('/api/query', { headers: { origin: 'https://attacker.example' } })
  assert.equal(answer.headers.get('access-control-allow-origin'), null)
  const asked = await fetch(`${app.url}/api/query`, {
    method: 'OPTIONS',
    headers: { origin: 'https://attacker.example' },
  })
  assert.equal(asked.headers.get('access-control-allow-origin'), null)
})

test('bodies are bounded, with and without a stated length', async () => {
  const large = JSON.stringify('x'.repeat(BODY_LIMIT_BYTES))
  assert.equal((await echo(large)).status, 413)
  const stream = new Blob([large]).stream()
  const chunked = await fetch(`${app.url}/api/echo`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
    body: stream,
    duplex: 'half',
  } as RequestInit)
  assert.equal(chunked.status, 413)
  assert.equal((await echo(JSON.stringify('x'.repeat(BODY_LIMIT_BYTES - 2)))).status, 200)
})

test('what is not JSON, and what nests too deep, is a bad request', async () => {
  for (const body of ['{', '{"a":}', 'undefined', '{"a":1}x', '\uFEFF\u0000']) {
    assert.equal((await refusalOf(await echo(body))).code, 'request.malformed', JSON.stringify(body))
  }
  assert.equal((await refusalOf(await echo('['.repeat(200_000) + ']'.repeat(200_000)))).code, 'request.too_deep')
  assert.equal((await refusalOf(await echo('{"a":'.repeat(40) + '1' + '}'.repeat(40)))).code, 'request.too_deep')
  const latin = await fetch(`${app.url}/api/echo`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
    body: Buffer.from([0x22, 0xff, 0xfe, 0x22]),
  })
  assert.equal((await refusalOf(latin)).code, 'request.malformed')
})

test('text that no database takes is refused by the name of its field', async () => {
  const answer = await echo('{"title":"a\\u0000b","nested":{"list":["fine","\\ud800"]},"ok":"\\ud83d\\ude00"}')
  assert.equal(answer.status, 400)
  const { errors } = await refusalOf(answer)
  assert.deepEqual(
    errors!.map(({ path }) => path),
    ['title', 'nested.list.1'],
  )
  assert.equal((await echo('{"a\\u0000b":1}')).status, 400)
  const inQuery = await refusalOf(await ada.fetch('/api/query?fine=x&name=a%00b'))
  assert.deepEqual(
    inQuery.errors!.map(({ path }) => path),
    ['name'],
  )
  assert.equal((await ada.fetch('/api/que%00ry')).status, 400)
})

test('what Postgres finds unfit in a value is the sender’s fault, not ours', async () => {
  const answer = await ada.fetch('/api/store', { method: 'POST', body: { id: 'not-a-uuid' } })
  assert.equal(answer.status, 400)
  assert.doesNotMatch(await answer.text(), /uuid|select/i)
})

test('an error of ours says nothing but its number, which the log knows', async () => {
  const answer = await ada.fetch('/api/broken')
  assert.equal(answer.status, 500)
  const text = await answer.text()
  assert.doesNotMatch(text, /secret|select|\.ts|node_modules/)
  const { requestId } = JSON.parse(text) as Refusal
  assert.equal(answer.headers.get('x-request-id'), requestId)
  assert.ok(app.logged().includes(requestId))
})

test('every field at fault is named, in words', async () => {
  const answer = await fetch(`${app.url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: '', email: 'nobody' }),
  })
  const { errors, detail } = await refusalOf(answer)
  assert.deepEqual(errors, [
    { path: 'name', message: 'must have at least 1 character' },
    { path: 'email', message: 'must be an e-mail address' },
    { path: 'password', message: 'is required' },
  ])
  assert.match(detail, /password: is required\./)
  assert.ok(z.config().customError)
})

test('fields that only the library behind signing in looks at are named alike', async () => {
  const fault = async (path: string, body: unknown) =>
    refusalOf(await ada.browse(`/api/auth/${path}`, { method: 'POST', body }))
  const { code, detail, errors } = await fault('change-password', { newPassword: 5 })
  assert.equal(code, 'request.invalid')
  assert.deepEqual(errors, [
    { path: 'newPassword', message: 'must be text' },
    { path: 'currentPassword', message: 'is required' },
  ])
  assert.equal(detail, 'newPassword: must be text. currentPassword: is required.')
  assert.deepEqual((await fault('two-factor/verify-totp', [])).errors, [{ path: '', message: 'must be an object' }])
})

test('the log holds no password, cookie or token, and a line break in a request does not break a line', async () => {
  await fetch(`${app.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: ada.cookie, 'user-agent': 'a\tb' },
    body: JSON.stringify({ email: ada.email, password: 'my very own passphrase' }),
  })
  await ada.fetch('/api/broken?token=abc%0d%0aINFO%20forged')
  app.deps.log.warn({
    headers: { authorization: `Bearer ${ada.token}`, cookie: ada.cookie },
    password: 'my very own passphrase',
  })
  app.deps.log.error({ err: new Error(`bad token ${ada.token} for tf_abcdefgh12345678`) }, 'two\r\nlines')
  const log = app.logged()
  for (const secret of [ada.token, ada.cookie, 'my very own passphrase', 'tf_abcdefgh12345678'])
    assert.ok(!log.includes(secret), secret)
  for (const line of log.trim().split('\n')) assert.doesNotThrow(() => JSON.parse(line) as unknown)
})

test('a request id from inside is kept; nonsense is replaced', async () => {
  const idFor = async (id: string) =>
    (await fetch(`${app.url}/api/health`, { headers: { 'x-request-id': id } })).headers.get('x-request-id')
  assert.equal(await idFor('0123456789abcdef0123456789abcdef'), '0123456789abcdef0123456789abcdef')
  assert.notEqual(await idFor('no spaces, please'), 'no spaces, please')
  const far = await createTestApp({ TRUST_PROXY: 'false' })
  try {
    const answer = await fetch(`${far.url}/api/health`, { headers: { 'x-request-id': '0123456789abcdef' } })
    assert.notEqual(answer.headers.get('x-request-id'), '0123456789abcdef')
  } finally {
    await far.close()
  }
})

test('a runaway script is slowed down, and a person never is', async () => {
  const strict = await createTestApp({ RATE_LIMIT_SCALE: '0.02' })
  try {
    strict.app.post('/api/write', (c) => c.json({ ok: true }))
    const [script, person] = [await strict.signUp('Script'), await strict.signUp('Person')]
    const statuses = new Map<number, number>()
    for (let i = 0; i < 70; i++) {
      const { status, headers } = await script.fetch('/api/write', { method: 'POST' })
      if (status === 429) assert.ok(Number(headers.get('retry-after')) > 0)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    assert.deepEqual(
      [...statuses],
      [
        [200, 60],
        [429, 10],
      ],
    )
    assert.equal((await person.fetch('/api/write', { method: 'POST' })).status, 200)
  } finally {
    await strict.close()
  }
})

test('the inner door does not exist for anybody else', async () => {
  for (const authorization of ['', `Bearer ${ada.token}`, 'Bearer x']) {
    assert.equal((await fetch(`${app.url}/internal/heads`, { headers: { authorization } })).status, 404)
  }
})

test('a malformed request line is answered, and the server goes on', async () => {
  const status = await new Promise((resolve) => {
    const sent = request(`${app.url}/api/%E0%A4%A`, (answer) => resolve(answer.statusCode))
    sent.on('error', () => resolve(0))
    sent.end()
  })
  assert.ok([0, 400, 401, 404].includes(status as number))
  assert.equal((await fetch(`${app.url}/api/health`)).status, 200)
})

test.run()
