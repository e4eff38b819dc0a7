import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort } from '@taskflow/tools/processes.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { bareEnvironment } from './harness/bare-environment.ts'
import { launch, untilReady, type Launched } from './launched.ts'

const test = suite('backup and restore, whole stack')
const ROOT = resolve(import.meta.dirname, '../..')
const PERSON = { name: 'Ada', email: 'ada@example.org', password: 'a long and quiet river' }
let folder = ''
// At the same address all along: the name of the session's cookie goes by it.
let port = 0
let running: Launched | undefined

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taskflow-backup-'))
  port = await freePort()
})
test.after(async () => {
  await stop()
  await rm(folder, { recursive: true, force: true })
})

async function start(dataDir: string) {
  running = launch({ PORT: String(port), DATA_DIR: join(folder, dataDir) })
  await untilReady(running)
}

async function stop() {
  running?.child.kill('SIGTERM')
  await running?.ended
}

async function post(path: string, body: unknown, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: running!.url, cookie }
  return fetch(running!.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
}

function run(tool: 'backup' | 'restore' | 'account', args: string[], dataDir: string) {
  const env = { ...bareEnvironment, DATA_DIR: join(folder, dataDir), INIT_CWD: folder }
  const child = spawn(process.execPath, [join(ROOT, `tools/${tool}.ts`), ...args], { cwd: ROOT, env })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  return new Promise<{ code: number | null; output: string }>((done) =>
    child.once('close', (code) => done({ code, output })),
  )
}

let cookie = ''

test('a running Taskflow is backed up into one file that nobody else may read', async () => {
  await start('first')
  const signedUp = await post('/api/auth/sign-up/email', PERSON)
  cookie = signedUp.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  assert.equal((await post('/api/workspaces', { name: 'Acme' }, cookie)).status, 201)
  const { code, output } = await run('backup', ['kept.backup'], 'first')
  assert.equal(code, 0, output)
  assert.match(output, /\d+ rows and 0 files are in .*kept\.backup/)
  const again = await run('backup', ['kept.backup'], 'first')
  assert.deepEqual([again.code, /is there already/.test(again.output)], [1, true])
})

test('a person is disabled while Taskflow runs, and enabled again', async () => {
  const signIn = async () => (await post('/api/auth/sign-in/email', PERSON)).status
  const disabled = await run('account', ['disable', PERSON.email], 'first')
  assert.deepEqual(disabled, {
    code: 0,
    output: `${PERSON.email} is disabled: signed out everywhere, and cannot sign in.\n`,
  })
  assert.equal(await signIn(), 403)
  const enabled = await run('account', ['enable', PERSON.email], 'first')
  assert.equal(enabled.code, 0, enabled.output)
  assert.equal(await signIn(), 200)
})

test('it is not restored under a Taskflow that runs', async () => {
  const { code, output } = await run('restore', ['kept.backup', '--replace'], 'first')
  assert.equal(code, 1)
  assert.match(output, /runs with .* already/)
  await stop()
})

test('on an empty folder it becomes the same Taskflow: its people, their sessions, their workspaces', async () => {
  const { code, output } = await run('restore', ['kept.backup'], 'second')
  assert.equal(code, 0, output)
  await start('second')
  const me = await fetch(`${running!.url}/api/me`, { headers: { cookie } })
  assert.equal(me.status, 200)
  assert.deepEqual(
    ((await me.json()) as { workspaces: { name: string }[] }).workspaces.map(({ name }) => name),
    ['Acme'],
  )
  assert.equal((await post('/api/auth/sign-in/email', PERSON)).status, 200)
  await stop()
})

test('a stopped Taskflow is backed up too, and replaced only when that is said', async () => {
  const backup = await run('backup', [], 'second')
  assert.equal(backup.code, 0, backup.output)
  const [named] = (await readdir(folder)).filter((name) => /^taskflow-\d{14}\.backup$/.test(name))
  const refused = await run('restore', [named!], 'second')
  assert.equal(refused.code, 1)
  assert.match(refused.output, /add --replace/)
  const replaced = await run('restore', [named!, '--replace'], 'second')
  assert.equal(replaced.code, 0, replaced.output)
})

test('what cannot be done is one sentence', async () => {
  for (const [tool, args, words] of [
    ['backup', [], /nothing to back up in/],
    ['restore', [], /Say which backup/],
    ['restore', ['nowhere.backup'], /cannot be read/],
    ['account', ['disable', 'ada@example.org'], /nobody in/],
  ] as const) {
    const { code, output } = await run(tool, [...args], 'third')
    assert.equal(code, 1)
    assert.match(output, words)
    assert.doesNotMatch(output, /\n {4}at /)
  }
})

test.run()
