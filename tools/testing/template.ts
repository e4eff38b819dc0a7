import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, globSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

const CORE_API = resolve(import.meta.dirname, '../../core-api')
const MIGRATE = join(CORE_API, 'src/migrate.ts')
const LOCK = 7_202_611

/** The secret from which the runtime role's password in the template is derived. */
export const TEST_APP_SECRET = 'a secret of the tests, long enough to be taken for one'

export function templateName(): string {
  const files = globSync(['migrations/**/*.*', 'src/migrate.ts', 'src/database-*.ts'], { cwd: CORE_API }).sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(readFileSync(join(CORE_API, file)))
  return `taskflow_template_${hash.digest('hex').slice(0, 16)}`
}

/** Makes the migrated template unless this server has it. */
export async function ensureTemplate(serverUrl: string): Promise<string> {
  const name = templateName()
  await asAdmin(serverUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount) return
    const draft = `${name}_draft`
    await client.query(`drop database if exists ${draft} with (force)`)
    await client.query(`create database ${draft}`)
    await migrate(databaseUrl(serverUrl, draft))
    await client.query(`alter database ${draft} rename to ${name}`)
  })
  return name
}

export async function asAdmin<T>(serverUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

async function migrate(url: string) {
  if (!existsSync(MIGRATE)) return
  const env = { ...process.env, NODE_ENV: 'test', DATABASE_URL: url, APP_SECRET: TEST_APP_SECRET }
  await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', MIGRATE], {
    cwd: CORE_API,
    env,
  })
}
