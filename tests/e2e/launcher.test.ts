import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { freePort } from '@taskflow/tools/processes.ts'
import { findOnPath } from '@taskflow/tools/redis.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { launch, untilGone, untilReady, type Launched } from './launched.ts'

const test = suite('launcher, whole stack')
const PERSON = { name: 'Ada', email: 'ada@example.org', password: 'a long and quiet river' }
let folder = ''
let running: Launched | undefined
let env: Record<string, string>

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taskflow-launched-'))
  env = { PORT: String(await freePort()), DATA_DIR: join(folder, 'data'), RATE_LIMIT_SCALE: '10' }
})
test.after(async () => {
  running?.child.kill('SIGTERM')
  await running?.ended
  await rm(folder, { recursive: true, force: true })
})

test('an empty folder becomes a Taskflow on which one can sign up and open a socket', async () => {
  running = launch(env, ['--demo'])
  await untilReady(running)
  assert.match(running.output(), /Database +embedded Postgres in .*taskflow-launched-/)
  const cookie = await signIn(running.url, 'sign-up', PERSON)
  for (const url of [running.url, running.url.replace('localhost', '127.0.0.1')]) {
    const socket = await openSocket(url, await fetchToken(url, cookie))
    assert.ok(socket.connected)
    socket.disconnect()
  }
  assert.equal((await fetch(running.url)).status, 200)
})

test('the demo holds three boards with tasks in all states, open to whoever reads how to sign in', async () => {
  const { url } = running!
  const [, email, password] = /as\n +([^\s,]+).* password (\S+)/.exec(running!.output())!
  const cookie = await signIn(url, 'sign-in', { name: '', email: email!, password: password! })
  const get = async <T>(path: string) => (await (await fetch(url + path, { headers: { cookie } })).json()) as T
  const { workspaces } = await get<{ workspaces: { id: string }[] }>('/api/me')
  const boards = await get<{ items: { id: string }[] }>(`/api/workspaces/${workspaces[0]!.id}/boards`)
  assert.equal(boards.items.length, 3)
  const count = async (state: string) => {
    const lists = boards.items.map(({ id }) =>
      get<{ items: unknown[] }>(`/api/boards/${id}/tasks?state=${state}&limit=100`),
    )
    return (await Promise.all(lists)).reduce((sum, { items }) => sum + items.length, 0)
  }
  assert.ok((await count('all')) >= 55)
  assert.deepEqual([await count('archived'), await count('trash')], [4, 4])
})

test('a second launcher on the same folder or port is told so', async () => {
  const sameFolder = launch({ ...env, PORT: String(await freePort()) })
  assert.equal(await sameFolder.ended, 1)
  assert.match(sameFolder.output(), /runs with .* already \(process \d+\)/)
  const samePort = launch({ ...env, DATA_DIR: join(folder, 'other') })
  assert.equal(await samePort.ended, 1)
  assert.match(samePort.output(), /Port \d+ is in use by another program/)
  assert.doesNotMatch(samePort.output(), /\n {4}at /)
})

test('a service that dies is named with its last lines, and the rest stops', async () => {
  const pids = running!.pids()
  const web = pids[pids.length - 2]!
  const under = running!.pidsUnder()
  process.kill(web, 'SIGKILL')
  assert.equal(await running!.ended, 1)
  assert.match(running!.output(), /[\w-]+ was ended by SIGKILL; the rest is being stopped\. Its last lines:/)
  assert.deepEqual(await untilGone([...pids, ...under], 15_000), [])
})

test('killed outright, it comes up again with the data and without the orphans', async () => {
  running = launch(env)
  await untilReady(running)
  const orphans = running.pids().slice(1)
  running.child.kill('SIGKILL')
  await running.ended
  running = launch(env)
  await untilReady(running)
  assert.deepEqual(await untilGone(orphans, 15_000), [])
  assert.ok(await signIn(running.url, 'sign-in', PERSON))
})

test('one interrupt stops everything in order and leaves no process behind', async () => {
  const pids = running!.pids()
  const under = running!.pidsUnder()
  // Workers of nginx and of Postgres are written down nowhere.
  assert.ok(
    pids.every((pid) => under.includes(pid)),
    `${under} under ${pids}`,
  )
  running!.child.kill('SIGINT')
  assert.equal(await running!.ended, 0, running!.output())
  assert.deepEqual(await untilGone(under, 15_000), [])
})

test('a port that somebody else holds is one sentence', async () => {
  const other = createServer().listen(Number(env.PORT), '127.0.0.1')
  const refused = launch(env)
  assert.equal(await refused.ended, 1)
  assert.match(refused.output(), new RegExp(`Port ${env.PORT} is in use by another program: set PORT`))
  other.close()
})

test('without nginx and redis-server on the PATH the stand-ins take over', async () => {
  running = launch({ ...env, PATH: await pathWithoutStores() })
  await untilReady(running)
  assert.match(running.output(), /Redis +stand-in/)
  assert.match(running.output(), /Gateway +Node proxy/)
  const cookie = await signIn(running.url, 'sign-in', PERSON)
  const socket = await openSocket(running.url, await fetchToken(running.url, cookie))
  socket.disconnect()
  running.child.kill('SIGINT')
  assert.equal(await running.ended, 0)
})

test.run()

/** As root in a folder that is closed to others, Postgres is started through setpriv. */
async function pathWithoutStores(): Promise<string> {
  const bin = await mkdtemp(join(folder, 'bin-'))
  const setpriv = findOnPath('setpriv')
  if (setpriv) await symlink(setpriv, join(bin, 'setpriv'))
  return bin
}

async function signIn(url: string, act: 'sign-up' | 'sign-in', person: typeof PERSON): Promise<string> {
  const answer = await fetch(`${url}/api/auth/${act}/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(person),
  })
  assert.equal(answer.status, 200, await answer.clone().text())
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}

async function fetchToken(url: string, cookie: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/token`, { headers: { cookie } })
  assert.equal(answer.status, 200)
  return ((await answer.json()) as { token: string }).token
}

function openSocket(url: string, token: string): Promise<Socket> {
  const options = { path: '/ws', transports: ['websocket'], reconnection: false, auth: { token } }
  const socket = io(url, { ...options, extraHeaders: { origin: url } })
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', reject)
  })
}
