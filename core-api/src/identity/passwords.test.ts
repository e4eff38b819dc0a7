import { hash } from '@node-rs/argon2'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { PASSWORD } from '../testing/person.ts'
import { hashPassword, needsRehash } from './passwords.ts'

const test = suite('passwords')
let app: TestApp

test.before(async () => {
  app = await createTestApp()
})
test.after(() => app?.close())

let count = 0
const post = (path: string, body: unknown) =>
  fetch(app.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
const signUp = (password: string) =>
  post('/api/auth/sign-up/email', { name: 'Ada', email: `p${++count}@example.org`, password })
const signIn = (email: string, password: string) => post('/api/auth/sign-in/email', { email, password })
const fieldsOf = async (answer: Response) =>
  ((await answer.json()) as { errors: { path: string; message: string }[] }).errors.map(({ path }) => path)
const storedFor = async (userId: string) => {
  const { rows } = await app.deps.pool.query<{ password: string }>(
    'select password from auth_account where user_id = $1',
    [userId],
  )
  return rows[0]!.password
}

test('eight to 128 characters of any kind are taken as they are, spaces and emoji too', async () => {
  for (const password of ['zq8#mvlw', '   a b c d   ', '🐘🐘🐘🐘🦒🦒🦒🦓', 'ü'.repeat(128), `${'a1'.repeat(64)}`]) {
    const answer = await signUp(password)
    assert.equal(answer.status, 200, password)
    assert.equal((await signIn(`p${count}@example.org`, password)).status, 200)
    if (password.trim() !== password) assert.equal((await signIn(`p${count}@example.org`, password.trim())).status, 401)
  }
})

test('too short, too long and common passwords are refused by the name of the field', async () => {
  for (const password of [
    '',
    'short77',
    'x'.repeat(129),
    'password',
    'Password1',
    'qwertyuiop',
    '1234567890',
    'iloveyou',
    'TRUSTNO1',
  ]) {
    const answer = await signUp(password)
    assert.equal(answer.status, 400, password)
    assert.deepEqual(await fieldsOf(answer), ['password'])
  }
})

test('a changed and a reset password obey the same rules', async () => {
  const ada = await app.signUp('Ada')
  for (const newPassword of ['short77', 'password1', 'x'.repeat(129)]) {
    const body = { currentPassword: PASSWORD, newPassword }
    assert.deepEqual(await fieldsOf(await ada.browse('/api/auth/change-password', { method: 'POST', body })), [
      'newPassword',
    ])
    assert.deepEqual(await fieldsOf(await post('/api/auth/reset-password', { token: 'x', newPassword })), [
      'newPassword',
    ])
  }
})

test('what is stored is Argon2id of at least 19 MiB and two rounds', async () => {
  const ada = await app.signUp('Ada')
  assert.match(await storedFor(ada.userId), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('an older, weaker hash is replaced at the next sign-in', async () => {
  const ada = await app.signUp('Ada')
  const weak = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 })
  assert.ok(needsRehash(weak))
  await app.deps.pool.query('update auth_account set password = $2 where user_id = $1', [ada.userId, weak])
  assert.equal((await signIn(ada.email, 'something else')).status, 401)
  assert.equal(await storedFor(ada.userId), weak)
  assert.equal((await signIn(ada.email, PASSWORD)).status, 200)
  assert.ok(!needsRehash(await storedFor(ada.userId)))
  assert.equal((await signIn(ada.email, PASSWORD)).status, 200)
})

test('an unknown person and a wrong password get the same answer in nearly the same time', async () => {
  const ada = await app.signUp('Ada')
  const wrong = () => signIn(ada.email, 'not the password')
  const unknown = () => signIn('nobody@example.org', 'not the password')
  const bodies = await Promise.all([wrong(), unknown()].map(async (answer) => stripped(await answer)))
  assert.deepEqual(bodies[0], bodies[1])
  const times = { wrong: [] as number[], unknown: [] as number[] }
  for (let i = 0; i < 15; i++) {
    times.wrong.push(await timeOf(wrong))
    times.unknown.push(await timeOf(unknown))
  }
  // What else runs on the machine only ever adds.
  const ratio = Math.min(...times.wrong) / Math.min(...times.unknown)
  assert.ok(ratio > 0.6 && ratio < 1.6, `a wrong password takes ${ratio} times as long as an unknown person`)
})

test('a hash takes long enough to hurt a guesser', async () => {
  const startedAt = performance.now()
  await hashPassword('whatever it is')
  assert.ok(performance.now() - startedAt > 3)
})

async function stripped(answer: Response) {
  const { requestId: _, ...body } = (await answer.json()) as Record<string, unknown>
  return { status: answer.status, body, names: [...answer.headers.keys()].sort() }
}

async function timeOf(attempt: () => Promise<Response>): Promise<number> {
  const startedAt = performance.now()
  await (await attempt()).arrayBuffer()
  return performance.now() - startedAt
}

test.run()
