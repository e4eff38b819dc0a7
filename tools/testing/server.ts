import { execFile } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { startPostgres, type PostgresServer } from '../postgres.ts'
import { commandOf, endProcess, sendSignal, startTimeOf } from '../processes.ts'
import { ensureTemplate, templateName } from './template.ts'

const CACHE = resolve(import.meta.dirname, '../../node_modules/.cache/taskflow-tests')
const PREFIX = 'taskflow-test-postgres-'
const CACHED_FOR_MS = 24 * 3600_000
const PASSWORD = 'only for tests'.replaceAll(' ', '-')
const FAST_SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off']

/** A throw-away Postgres with the migrated template: a copy of one that was prepared once per set of migrations. */
export async function startTestPostgres(): Promise<PostgresServer> {
  await sweepLeftovers()
  const prepared = join(CACHE, `${templateName()}`)
  if (!existsSync(prepared)) await prepare(prepared)
  const folder = await mkdtemp(join(tmpdir(), PREFIX))
  await writeFile(join(folder, 'owner'), `${process.pid} ${startTimeOf(process.pid)}`)
  await promisify(execFile)('cp', ['-a', prepared, join(folder, 'data')])
  const server = await start(folder)
  server.child.unref()
  const removeNow = () => {
    sendSignal(server.child.pid!, 'SIGQUIT')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', removeNow)
  return {
    ...server,
    stop: async () => {
      process.removeListener('exit', removeNow)
      await endProcess(server.child.pid!, 'SIGQUIT', 5_000)
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function prepare(prepared: string) {
  const folder = await mkdtemp(join(tmpdir(), PREFIX))
  await writeFile(join(folder, 'owner'), `${process.pid} ${startTimeOf(process.pid)}`)
  const server = await start(folder)
  try {
    await ensureTemplate(server.url)
  } finally {
    await server.stop()
  }
  await mkdir(CACHE, { recursive: true })
  await dropOldCopies()
  const draft = `${prepared}.${process.pid}`
  await promisify(execFile)('cp', ['-a', join(folder, 'data'), draft])
  // Another run may have been quicker: its copy is as good.
  await rename(draft, prepared).catch(() => rm(draft, { recursive: true, force: true }))
  await rm(folder, { recursive: true, force: true })
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
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX))
  for (const folder of names.map((name) => join(tmpdir(), name))) {
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
