import { CHANNEL_OF_SESSIONS } from '@taskflow/shared/names.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { cookieOf, PASSWORD, tokenFor } from '../testing/person.ts'
import { until } from '../testing/until.ts'
import { changeAccount } from './disabling.ts'
import { listEndedSessions } from './ending-sessions.ts'
import { RECHECK_MS } from './live-sessions.ts'

const test = suite('sessions')
let app: TestApp

test.before(async () => {
  app = await createTestApp()
})
test.after(() => app?.close())

const me = '/api/session-probe'

const signIn = (email: string, password = PASSWORD) =>
  fetch(`${app.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })

/** 404 says: let in, and no such route. */
const isLetIn = async (answer: Response) => {
  assert.ok([401, 404].includes(answer.status), `unexpected ${answer.status}`)
  return answer.status === 404
}

test('a cookie and a token both let a person in; nothing, nonsense and a foreign signature do not', async () => {
  const ada = await app.signUp('Ada')
  assert.ok(await isLetIn(await ada.fetch(me)))
  assert.ok(await isLetIn(await ada.browse(me)))
  assert.equal((await fetch(app.url + me)).status, 401)
  const forged = ada.cookie.replace(/\.[^.]*$/, '.AAAA')
  assert.equal((await fetch(app.url + me, { headers: { cookie: forged } })).status, 401)
  assert.equal((await fetch(app.url + me, { headers: { authorization: 'Bearer nonsense' } })).status, 401)
})

test('each sign-in has a session of its own, and a cookie planted before it is not kept', async () => {
  const ada = await app.signUp('Ada')
  const again = await fetch(`${app.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: ada.cookie },
    body: JSON.stringify({ email: ada.email, password: PASSWORD }),
  })
  assert.notEqual(cookieOf(again), ada.cookie)
})

test('signing out ends cookie and token at once, and says so to the sockets', async () => {
  const ada = await app.signUp('Ada')
  assert.ok(await isLetIn(await ada.fetch(me)))
  const heard: string[] = []
  await app.deps.redis.subscriber.subscribe('sessions', (message) => void heard.push(message))
  assert.equal((await ada.browse('/api/auth/sign-out', { method: 'POST' })).status, 200)
  assert.equal((await ada.fetch(me)).status, 401)
  assert.equal((await ada.browse(me)).status, 401)
  await until(() => heard.length > 0)
  const { userId, sessionIds } = JSON.parse(heard[0]!) as { userId: string; sessionIds: string[] }
  assert.equal(userId, ada.userId)
  assert.equal(sessionIds.length, 1)
})

test('a session that ends while nobody can be told is announced as soon as somebody can', async () => {
  const ada = await app.signUp('Ada')
  const { publisher, subscriber } = app.deps.redis
  const heard: string[] = []
  const hear = (message: string) => void heard.push(message)
  await subscriber.subscribe('sessions', hear)
  publisher.destroy()
  assert.equal((await ada.browse('/api/auth/sign-out', { method: 'POST' })).status, 200)
  await publisher.connect()
  assert.ok((await until(() => heard[0])).includes(ada.userId))
  await subscriber.unsubscribe('sessions', hear)
})

test('whoever holds nothing but a token signs out by it, and by no token that is not good', async () => {
  const [ada, ben] = [await app.signUp('Ada'), await app.signUp('Ben')]
  const heard: unknown[] = []
  const hear = (message: string) => void heard.push(JSON.parse(message))
  await app.deps.redis.subscriber.subscribe('sessions', hear)
  const forged = `Bearer ${ada.token.slice(0, -4)}AAAA`
  const refused = await fetch(`${app.url}/api/auth/sign-out`, { method: 'POST', headers: { authorization: forged } })
  assert.equal(refused.status, 401)
  assert.ok(await isLetIn(await ada.fetch(me)))
  assert.equal((await ada.fetch('/api/auth/sign-out', { method: 'POST' })).status, 200)
  assert.deepEqual([(await ada.fetch(me)).status, (await ada.browse(me)).status], [401, 401])
  assert.ok(await isLetIn(await ben.fetch(me)))
  await until(() => heard.length > 0)
  await app.deps.redis.subscriber.unsubscribe('sessions', hear)
  assert.equal(heard.length, 1)
  assert.equal((heard[0] as { userId: string }).userId, ada.userId)
})

test('a session that ended elsewhere without word is refused within two seconds', async () => {
  const ada = await app.signUp('Ada')
  assert.ok(await isLetIn(await ada.fetch(me)))
  await app.deps.pool.query('delete from auth_session where user_id = $1', [ada.userId])
  await new Promise((resolve) => setTimeout(resolve, RECHECK_MS + 100))
  assert.equal((await ada.fetch(me)).status, 401)
})

test('signing out everywhere ends every session', async () => {
  const ada = await app.signUp('Ada')
  const phone = cookieOf(await signIn(ada.email))
  assert.ok(await isLetIn(await fetch(app.url + me, { headers: { cookie: phone } })))
  assert.equal((await ada.browse('/api/auth/revoke-sessions', { method: 'POST' })).status, 200)
  assert.equal((await fetch(app.url + me, { headers: { cookie: phone } })).status, 401)
  assert.equal((await ada.fetch(me)).status, 401)
})

test('sessions are listed, and one can be revoked', async () => {
  const ada = await app.signUp('Ada')
  const phone = cookieOf(await signIn(ada.email))
  const list = (await (await ada.browse('/api/auth/list-sessions')).json()) as { token: string }[]
  assert.equal(list.length, 2)
  const other = list.find(({ token }) => phone.includes(token))!
  assert.equal(
    (await ada.browse('/api/auth/revoke-session', { method: 'POST', body: { token: other.token } })).status,
    200,
  )
  assert.equal((await fetch(app.url + me, { headers: { cookie: phone } })).status, 401)
  assert.ok(await isLetIn(await ada.fetch(me)))
})

test('changing the password can end the other sessions, and gives this one a new id', async () => {
  const ada = await app.signUp('Ada')
  const phone = cookieOf(await signIn(ada.email))
  const body = { currentPassword: PASSWORD, newPassword: 'another long sentence', revokeOtherSessions: true }
  const changed = await ada.browse('/api/auth/change-password', { method: 'POST', body })
  assert.equal(changed.status, 200)
  assert.equal((await fetch(app.url + me, { headers: { cookie: phone } })).status, 401)
  assert.equal((await ada.browse(me)).status, 401)
  assert.ok(await isLetIn(await fetch(app.url + me, { headers: { cookie: cookieOf(changed) } })))
  assert.equal((await signIn(ada.email)).status, 401)
})

test('a disabled person loses every session and cannot sign in until they are let in again', async () => {
  const ada = await app.signUp('Ada')
  const stores = { databaseUrl: app.database.url, redisUrl: app.redis.url }
  assert.ok(await isLetIn(await ada.fetch(me)))
  const told = Promise.withResolvers<string>()
  await app.deps.redis.subscriber.subscribe(CHANNEL_OF_SESSIONS, told.resolve)
  assert.match(await changeAccount(['disable', ada.email.toUpperCase()], stores), /is disabled/)
  assert.deepEqual(JSON.parse(await told.promise), { userId: ada.userId, sessionIds: 'all' })
  await app.deps.redis.subscriber.unsubscribe(CHANNEL_OF_SESSIONS, told.resolve)
  assert.equal((await ada.fetch(me)).status, 401)
  const refused = await signIn(ada.email)
  assert.equal(refused.status, 403)
  assert.equal(((await refused.json()) as { code: string }).code, 'identity.disabled')
  assert.match(await changeAccount(['enable', ada.email], stores), /may sign in again/)
  assert.equal((await signIn(ada.email)).status, 200)
  assert.equal((await ada.fetch(me)).status, 401)
})

test('an account is neither disabled nor enabled by a wrong word or a wrong address', async () => {
  const stores = { databaseUrl: app.database.url, redisUrl: undefined }
  await assert.rejects(changeAccount(['forget', 'ada@example.org'], stores), /Say "disable" or "enable"/)
  await assert.rejects(changeAccount(['disable'], stores), /and an e-mail address/)
  await assert.rejects(changeAccount(['disable', 'nobody@example.org'], stores), /Nobody has the address/)
})

test('every session that ended is known for as long as its tokens live, however it ended', async () => {
  const ada = await app.signUp('Ada')
  await ada.browse('/api/auth/sign-out', { method: 'POST' })
  const grace = await app.signUp('Grace')
  await app.deps.pool.query('delete from auth_user where id = $1', [grace.userId])
  const ended = await listEndedSessions(app.deps.pool)
  for (const { userId } of [ada, grace]) {
    const [one] = ended.filter((entry) => entry.userId === userId)
    assert.equal(one!.sessionIds.length, 1)
    assert.ok(Math.abs(Date.parse(one!.at) - Date.now()) < 60_000)
  }
})

test('the session cookie is HttpOnly and Lax, and host-bound and Secure on https', async () => {
  const [line] = (await signIn((await app.signUp('Ada')).email)).headers.getSetCookie()
  assert.match(line!, /^taskflow-8080\.session_token=[^;]+;.*Path=\/; HttpOnly; SameSite=Lax/)
  const secure = await createTestApp({ PUBLIC_URL: 'https://taskflow.example.org' })
  try {
    const ada = await secure.signUp('Ada')
    assert.match(ada.cookie, /^__Host-taskflow\.session_token=/)
    assert.ok(await isLetIn(await fetch(secure.url + me, { headers: { cookie: ada.cookie } })))
    const { components } = (await (await secure.app.request('/api/openapi.json')).json()) as {
      components: { securitySchemes: { session: { name: string } } }
    }
    assert.ok(ada.cookie.startsWith(`${components.securitySchemes.session.name}=`))
    const answer = await fetch(`${secure.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ada.email, password: PASSWORD }),
    })
    assert.match(answer.headers.getSetCookie()[0]!, /Path=\/; HttpOnly; Secure; SameSite=Lax/)
    assert.doesNotMatch(answer.headers.getSetCookie()[0]!, /Domain/i)
  } finally {
    await secure.close()
  }
})

test('more people than there are connections to the database sign up at once', async () => {
  const people = await Promise.all(Array.from({ length: 12 }, () => app.signUp('Many')))
  assert.equal(new Set(people.map(({ userId }) => userId)).size, 12)
})

test('names change only where everybody who shows them is told', async () => {
  const ada = await app.signUp('Ada')
  const answer = await ada.browse('/api/auth/update-user', { method: 'POST', body: { name: 'Eve' } })
  assert.equal(answer.status, 404)
})

test('a token comes only with a session', async () => {
  assert.equal((await fetch(`${app.url}/api/auth/token`)).status, 401)
  const ada = await app.signUp('Ada')
  assert.ok(await tokenFor(app.url, ada.cookie))
})

test.run()
