import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { findMissingRight } from '../../core-api/src/database-rights.ts'
import { startPostgres } from '../postgres.ts'
import { linesOfFile, type Children } from './children.ts'
import { Fault } from './fault.ts'

export const DATABASE_NAME = 'taskflow'
const CONNECT_WITHIN_MS = 8_000
const OLDEST_VERSION = 150_000

export async function startEmbeddedDatabase(
  dataDir: string,
  password: string,
  children: Children,
): Promise<{ url: string; stop(): Promise<void> }> {
  mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 })
  const logFile = join(dataDir, 'logs/postgres.log')
  const server = await startPostgres({ dataDir: join(dataDir, 'postgres'), logFile, password })
  children.watch('postgres', server.child, () => linesOfFile(logFile))
  await withClient(server.url, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE_NAME])
    if (!rowCount) await client.query(`create database ${DATABASE_NAME}`)
  })
  const url = new URL(server.url)
  url.pathname = DATABASE_NAME
  return { url: url.href, stop: () => children.stop('postgres') }
}

/** Asked before anything starts, so that a wrong address is one sentence and not the fault of a service. */
export async function checkDatabase(url: string): Promise<void> {
  const { host, pathname } = new URL(url)
  try {
    await withClient(url, async (client) => {
      const { rows } = await client.query('show server_version_num')
      if (Number(rows[0].server_version_num) < OLDEST_VERSION)
        throw new Fault(`The database at ${host} is older than Postgres 15.`)
      const { rows: tables } = await client.query(`select from pg_class where oid = to_regclass('migration')`)
      const missing = tables.length === 0 ? await findMissingRight(client) : undefined
      if (missing) throw new Fault(missing)
    })
  } catch (error) {
    if (error instanceof Fault) throw error
    const why = (error as Error).message || (error as NodeJS.ErrnoException).code
    throw new Fault(`The database ${pathname.slice(1)} at ${host} cannot be used: ${why}. Check DATABASE_URL.`)
  }
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS })
  client.on('error', () => {})
  await client.connect()
  await work(client).finally(() => client.end())
}
