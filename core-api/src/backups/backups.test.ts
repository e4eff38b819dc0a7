import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { TaskCard } from '@taskflow/shared/dto/task.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { databaseForTest, TEST_APP_SECRET, type TestStore } from '@taskflow/tools/stores.ts'
import pg from 'pg'
import { folderOf } from '../attachments/file-store.ts'
import type { DatabaseConfig } from '../database-role.ts'
import { migrate } from '../migrate.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, snapshotOf } from '../testing/boards.ts'
import { createWorld, type World } from '../testing/world.ts'
import { checkBackup } from './checking.ts'
import { restoreBackup } from './restoring.ts'
import { listTables, quoted } from './tables.ts'
import { writeBackup } from './writing.ts'

const test = suite('backups')
let app: TestApp
let world: World
let folder: string
let path: string

test.before(async () => {
  app = await createTestApp()
  folder = await mkdtemp(join(tmpdir(), 'taskflow-backups-'))
  path = join(folder, 'whole')
  world = await createWorld(app)
  await fillSomeOfEverything()
  await withClient(app.database.url, (client) => client.query(QUEUES_OF_ANOTHER_DAY))
  await writeBackup(sourceOf(app), createWriteStream(path))
})
test.after(async () => {
  await app?.close()
  await rm(folder, { recursive: true, force: true })
})

const sourceOf = ({ database, deps }: TestApp) => ({
  databaseUrl: database.url,
  appSecret: TEST_APP_SECRET,
  filesFolder: folderOf(deps.config),
})

const targetAt = (databaseUrl: string): DatabaseConfig => ({
  databaseUrl,
  databaseAppUrl: undefined,
  databaseAppRole: 'taskflow_app',
  appSecret: TEST_APP_SECRET,
})

const restoreInto = async (
  databaseUrl: string,
  options: { replace?: boolean; filesFolder?: string } = {},
  from = path,
) =>
  restoreBackup(await checkBackup(from), {
    ...targetAt(databaseUrl),
    filesFolder: undefined,
    replace: false,
    ...options,
  })

/** A partition that no restore of today has. */
const QUEUES_OF_ANOTHER_DAY = `
  create table pgboss.queue_stats_20200101 partition of pgboss.queue_stats
    for values from ('2020-01-01 00:00+00') to ('2020-01-02 00:00+00');
  insert into pgboss.queue_stats (name, captured_on) values ('mail', '2020-01-01 12:00+00')`

async function fillSomeOfEverything() {
  const { owner, boardId, make } = world
  const title = 'Quotes " \\ \' { }, ünï 🙂, tab\tand\nlines'
  const task = await addTask(owner, boardId, { title, description: 'null\n\\N', priority: 'high' })
  const body = new FormData()
  body.append('file', new Blob([randomBytes(70_000)]), 'a.bin')
  const headers = { authorization: `Bearer ${owner.token}` }
  const sent = await fetch(`${app.url}/api/tasks/${task.id}/attachments`, { method: 'POST', headers, body })
  assert.equal(sent.status, 201, await sent.text())
  const picture = await owner.fetch('/api/me/avatar', { method: 'PUT', body: 'GIF89a\x01\0\x01\0' })
  assert.equal(picture.status, 200, await picture.text())
  await make.comment(task.id)
  await make.label()
  await make.invitation()
  for (let n = 0; n < 600; n += 100)
    await Promise.all(Array.from({ length: 100 }, (_, i) => addTask(owner, boardId, { title: `Task ${n + i}` })))
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return work(client).finally(() => client.end())
}

const FILES = `
  select workspace_id || '/' || file_id as key from attachment union all select user_id || '/' || file_id from avatar`

/** Every row of every table as text, but for what a restore has to change. */
const contentsOf = (url: string) =>
  withClient(url, async (client) => {
    await client.query(`select set_config('search_path', '', false)`)
    const contents: Record<string, string[]> = {}
    for (const table of await listTables(client)) {
      const columns = table.columns.map(([name]) => name).filter((name) => name !== 'epoch')
      const { rows } = await client.query(
        `select row(${columns.join(', ')})::text as text from ${quoted(table)} order by 1`,
      )
      contents[quoted(table)] = rows.map(({ text }) => text)
    }
    return contents
  })

const epochsOf = (url: string) =>
  withClient(url, async (client) => {
    const { rows } = await client.query(`select epoch from installation union select epoch from stream`)
    return rows.map(({ epoch }) => epoch as string)
  })

async function emptyDatabase(owner?: string): Promise<TestStore> {
  const url = new URL(app.database.url)
  const name = `restored_${randomBytes(6).toString('hex')}`
  await withClient(app.database.url, (client) =>
    client.query(`create database ${name} ${owner ? `owner ${owner}` : ''}`),
  )
  url.pathname = `/${name}`
  return {
    url: url.href,
    close: () =>
      withClient(app.database.url, async (client) => void (await client.query(`drop database ${name} with (force)`))),
  }
}

test('what is restored is what was backed up, row by row and file by file, under one new epoch', async () => {
  const fresh = await emptyDatabase()
  const filesFolder = join(folder, 'files')
  await restoreInto(fresh.url, { filesFolder })
  const [before, after] = [await contentsOf(app.database.url), await contentsOf(fresh.url)]
  assert.ok(before['"public"."task"']!.length > 600)
  assert.deepEqual(after, before)
  const [epochs, former] = [await epochsOf(fresh.url), await epochsOf(app.database.url)]
  assert.equal(epochs.length, 1)
  assert.ok(!former.includes(epochs[0]!))
  const files = await withClient(fresh.url, async (client) => (await client.query(FILES)).rows as { key: string }[])
  assert.equal(files.length, 2)
  for (const { key } of files)
    assert.deepEqual(await readFile(join(filesFolder, key)), await readFile(join(folderOf(app.deps.config), key)))
  await fresh.close()
})

/** A snapshot says positions, and promises no order. */
const inOrder = <State extends { tasks: TaskCard[] }>(state: State) => ({
  ...state,
  tasks: state.tasks.toSorted((a, b) => a.number - b.number),
})

test('people go on where they were: sessions, tokens, writing; positions of before are refused', async () => {
  const fresh = await emptyDatabase()
  await restoreInto(fresh.url)
  const again = await createTestApp({ DATABASE_URL: fresh.url })
  const { owner, boardId } = world
  const browse = (at: string) => fetch(at, { headers: { cookie: owner.cookie } })
  const before = await snapshotOf(owner, boardId)
  const response = await browse(`${again.url}/api/boards/${boardId}`)
  const { stream, ...state } = (await response.json()) as typeof before
  assert.deepEqual(inOrder(state), inOrder((({ stream: _, ...rest }) => rest)(before)))
  assert.equal(stream.seq, before.stream.seq)
  const old = `epoch=${before.stream.epoch}&after=${before.stream.seq}`
  assert.equal((await browse(`${again.url}/api/streams/${stream.id}/events?${old}`)).status, 410)
  const written = await fetch(`${again.url}/api/boards/${boardId}/tasks`, {
    method: 'POST',
    headers: { cookie: owner.cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'After the restore' }),
  })
  assert.equal(written.status, 201, await written.text())
  await again.close()
  await fresh.close()
})

test('the owner of a database who is no superuser can do both', async () => {
  const role = `owner_${randomBytes(6).toString('hex')}`
  await withClient(app.database.url, (client) =>
    client.query(
      `create role ${role} with login createrole password 'plain-owner'; grant taskflow_app to ${role} with admin option`,
    ),
  )
  const fresh = await emptyDatabase(role)
  const url = Object.assign(new URL(fresh.url), { username: role, password: 'plain-owner' }).href
  await restoreInto(url)
  const copy = join(folder, 'copy')
  await writeBackup({ databaseUrl: url, appSecret: TEST_APP_SECRET, filesFolder: undefined }, createWriteStream(copy))
  await restoreInto(url, { replace: true }, copy)
  assert.deepEqual(await contentsOf(url), await contentsOf(app.database.url))
  await fresh.close()
  await withClient(app.database.url, (client) => client.query(`revoke taskflow_app from ${role}; drop role ${role}`))
})

test('a database with people is replaced only when that is asked for, and not while Taskflow runs on it', async () => {
  await assert.rejects(restoreInto(app.database.url, { replace: true }), /is using this database: stop it/)
  const used = await databaseForTest()
  await withClient(used.url, (client) =>
    client.query(`insert into auth_user (id, name, email) values (gen_random_uuid(), 'Kim', 'kim@example.org')`),
  )
  await assert.rejects(restoreInto(used.url), /People have signed up .* add --replace/)
  await restoreInto(used.url, { replace: true })
  assert.deepEqual(await contentsOf(used.url), await contentsOf(app.database.url))
  await used.close()
})

test('an older backup is restored as it was made, and brought forward by the next start', async () => {
  const fresh = await emptyDatabase()
  const lines = gunzipSync(await readFile(path))
    .toString()
    .split('\n')
  const header = JSON.parse(lines[0]!)
  const last = header.migrations.pop()
  const older = join(folder, 'older')
  const tables = await withClient(app.database.url, async (client) =>
    (await listTables(client)).map(({ name }) => name),
  )
  await restoreEmptyOf(fresh.url, header.migrations, older)
  assert.deepEqual(await migrate(targetAt(fresh.url)), [last])
  const names = await withClient(fresh.url, async (client) => (await listTables(client)).map(({ name }) => name))
  assert.deepEqual(names, tables)
  await fresh.close()
})

/** A backup without rows, of a version that knew these migrations. */
async function restoreEmptyOf(url: string, migrations: string[], at: string) {
  const header = JSON.parse(
    gunzipSync(await readFile(path))
      .toString()
      .split('\n', 1)[0]!,
  )
  const lines = [
    { ...header, migrations },
    { end: true, rows: 0, files: 0 },
  ]
  await writeFile(at, gzipSync(lines.map((line) => JSON.stringify(line)).join('\n')))
  await restoreInto(url, {}, at)
}

test('half a backup, something else and a newer one are refused before anything is touched', async () => {
  const whole = await readFile(path)
  const broken: [content: Buffer, words: RegExp][] = [
    [whole.subarray(0, whole.length / 2), /is no whole backup/],
    [Buffer.from('PGDMP'), /is no whole backup/],
    [gzipSync('{"a":1}\n'), /is no backup of Taskflow/],
    [gzipSync(gunzipSync(whole).toString().split('\n').slice(0, -3).join('\n')), /its end is missing/],
    [gzipSync('{"taskflow":"backup","format":1,"migrations":["2099"]}'), /newer version/],
  ]
  for (const [content, words] of broken) {
    const at = join(folder, 'broken')
    await writeFile(at, content)
    await assert.rejects(checkBackup(at), words)
  }
  await assert.rejects(checkBackup(join(folder, 'nowhere')), /cannot be read/)
  assert.ok(!existsSync(join(folder, 'nowhere')))
})

test('in a container the same goes out by standard output and in by standard input', async () => {
  const fresh = await emptyDatabase()
  const backup = await run('backup.ts', [], app.environment)
  assert.equal(backup.code, 0, backup.said)
  const environment = { ...app.environment, DATABASE_URL: fresh.url }
  const restored = await run('restore.ts', [], environment, backup.out)
  assert.equal(restored.code, 0, restored.said)
  assert.deepEqual(await contentsOf(fresh.url), await contentsOf(app.database.url))
  const refused = await run('restore.ts', [], environment, backup.out)
  assert.deepEqual([refused.code, /add --replace/.test(refused.said)], [1, true])
  await fresh.close()
})

async function run(main: string, args: string[], env: Record<string, string>, input = Buffer.alloc(0)) {
  const path = join(import.meta.dirname, '..', main)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...args], { env })
  const out: Buffer[] = []
  let said = ''
  child.stdout.on('data', (chunk) => out.push(chunk))
  child.stderr.on('data', (chunk) => (said += chunk))
  child.stdin.end(input)
  const code = await new Promise((done) => child.once('close', done))
  return { code, said, out: Buffer.concat(out) }
}

test('another APP_SECRET than that of the backup is refused', async () => {
  const checked = await checkBackup(path)
  const target = { ...targetAt(app.database.url), appSecret: randomBytes(32).toString('hex') }
  await assert.rejects(
    restoreBackup(checked, { ...target, filesFolder: undefined, replace: true }),
    /APP_SECRET is not/,
  )
})

test.run()
