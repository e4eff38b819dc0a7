import { type MigrationObject, MikroORM } from '@mikro-orm/postgresql'
import { Migrator } from '@mikro-orm/migrations'
import pg from 'pg'
import { migrations } from '../migrations/all.ts'
import { orExit, readDatabaseConfig } from './config.ts'
import { grantToAppRole } from './database-grants.ts'
import { findMissingRight } from './database-rights.ts'
import { type DatabaseConfig, ensureAppRole } from './database-role.ts'

const ADVISORY_LOCK = 7_215_403_318
const TABLE = 'migration'

type Queryable = { query<Row extends pg.QueryResultRow>(sql: string): Promise<{ rows: Row[] }> }

export async function migrate(config: DatabaseConfig, known: MigrationObject[] = migrations): Promise<string[]> {
  const owner = new pg.Client({ connectionString: config.databaseUrl, application_name: 'taskflow-migrate' })
  await owner.connect()
  try {
    await owner.query('select pg_advisory_lock($1)', [ADVISORY_LOCK])
    const pending = await listPendingMigrations(owner, known)
    const missing = pending.length > 0 ? await findMissingRight(owner) : undefined
    if (missing) throw new Error(missing)
    await ensureAppRole(owner, config)
    if (pending.length > 0) await runMigrations(config.databaseUrl, known)
    await grantToAppRole(owner, config)
    return pending
  } finally {
    await owner.end()
  }
}

export async function listPendingMigrations(
  database: Queryable,
  known: MigrationObject[] = migrations,
): Promise<string[]> {
  const { rows: tables } = await database.query(`select from pg_class where oid = to_regclass('${TABLE}')`)
  if (tables.length === 0) return known.map(({ name }) => name)
  const { rows } = await database.query<{ name: string }>(`select name from ${TABLE}`)
  const done = new Set(rows.map(({ name }) => name))
  return known.map(({ name }) => name).filter((name) => !done.has(name))
}

async function runMigrations(databaseUrl: string, known: MigrationObject[]): Promise<void> {
  const orm = await MikroORM.init({
    clientUrl: databaseUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    pool: { min: 0, max: 2 },
    migrations: { tableName: TABLE, migrationsList: known, allOrNothing: false, snapshot: false, silent: true },
  })
  try {
    await orm.migrator.up()
  } finally {
    await orm.close(true)
  }
}

if (import.meta.main) {
  const done = await orExit(async () => migrate(readDatabaseConfig()))
  process.stdout.write(done.length > 0 ? `Migrated: ${done.join(', ')}\n` : 'Nothing to migrate.\n')
}
