import { execFile } from 'node:child_process'
import { existsSync, rmSync, statfsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { startPostgres, type PostgresServer } from '../postgres.ts'
import { commandOf, endProcess, hasEnded, sendSignal, startTimeOf } from '../processes.ts'
import { ensureTemplate, templateName } from './template.ts'

const CACHE = resolve(import.meta.dirname, '../../node_modules/.cache/taskflow-tests')
const PREFIX = 'taskflow-test-postgres-'
const CACHED_FOR_MS = 24 * 3600_000
const PASSWORD = 'only for tests'.replaceAll(' ', '-')
const MEMORY_FOLDER = '/dev/shm'
const MEMORY_NEEDED_BYTES = 1024 ** 3
const FAST_SETTINGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum=off',
  'max_wal_size=128MB',
  'max_connections=400',
]

/** A throw-away Postgres with the migrated template: a copy of one that was prepared once per set of migrations. */
export async function startTestPostgres(): Promise<PostgresServer> {
  await sweepLeftovers()
  const prepared = join(CACHE, templateName())
  if (!existsSync(prepared)) await prepare(prepared)
  const folder = await ownedFolder()
  await copy(prepared, join(folder, 'data'))
  const server = await start(folder)
  server.child.unref()
  const removeNow = () => {
    // Once it has gone, its pid may be somebody else's.
    if (!hasEnded(server.child)) sendSignal(server.child.pid!, 'SIGQUIT')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', removeNow)
  return {
    ...server,
    stop: async () => {
      process.removeListener('exit', removeNow)
      if (!hasEnded(server.child)) await endProcess(server.child.pid!, 'SIGQUIT', 5_000)
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function prepare(prepared: string) {
  const folder = await ownedFolder()
  const draft = `${prepared}.${process.pid}`
  try {
    const server = await start(folder)
    await ensureTemplate(server.url).finally(() => server.stop())
    await mkdir(CACHE, { recursive: true })
    await dropOldCopies()
    await copy(join(folder, 'data'), draft)
    // Another run may have been quicker: its copy is as good.
    await rename(draft, prepared).catch(() => rm(draft, { recursive: true, force: true }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function ownedFolder() {
  const folder = await mkdtemp(join(quickFolder(), PREFIX))
  await writeFile(join(folder, 'owner'), `${process.pid} ${startTimeOf(process.pid)}`)
  return folder
}

/** Making a database is making three hundred files: in memory that takes a tenth of the time. */
function quickFolder() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY_FOLDER)
    return bavail * bsize > MEMORY_NEEDED_BYTES ? MEMORY_FOLDER : tmpdir()
  } catch {
    return tmpdir()
  }
}

/** Keeps owners: as root, Postgres runs under another account. */
async function copy(from: string, to: string) {
  await promisify(execFile)('cp', ['-a', from, to])
}

function start(folder: string) {
  return startPostgres({
    dataDir: join(folder, 'data'),
    logFile: join(folder, 'log'),
    password: PASSWORD,
    settings: FAST_SETTINGS,
  })
}

async function sweepLeftovers() {
  const parent = quickFolder()
  const names = (await readdir(parent)).filter((name) => name.startsWith(PREFIX))
  for (const folder of names.map((name) => join(parent, name))) {
    const [pid, startedAt] = (await readFile(join(folder, 'owner'), 'utf8').catch(() => '')).split(/ (.*)/)
    if (!pid || startTimeOf(Number(pid)) === startedAt) continue
    const lock = await readFile(join(folder, 'data/postmaster.pid'), 'utf8').catch(() => '')
    const server = Number(lock.split('\n')[0])
    if (server && commandOf(server)?.includes(join(folder, 'data'))) await endProcess(server, 'SIGQUIT', 2_000)
    await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}

async function dropOldCopies() {
  for (const name of await readdir(CACHE)) {
    const { mtimeMs } = await stat(join(CACHE, name))
    if (Date.now() - mtimeMs > CACHED_FOR_MS) await rm(join(CACHE, name), { recursive: true, force: true })
  }
}
