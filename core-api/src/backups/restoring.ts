import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { migrations } from '../../migrations/all.ts'
import { appRoleName, type DatabaseConfig } from '../database-role.ts'
import { migrate } from '../migrate.ts'
import type { CheckedBackup } from './checking.ts'
import { fillTables } from './filling.ts'
import { BackupFault } from './lines.ts'
import { markOf } from './writing.ts'

export interface RestoreTarget extends DatabaseConfig {
  filesFolder: string | undefined
  /** Also when somebody has signed up here. */
  replace: boolean
}

const KEY_OF_FILE = /^[\w-]+\/[\w-]+$/

/** Puts a checked backup in the place of what is there, under a new epoch: every client takes a snapshot again. */
export async function restoreBackup(backup: CheckedBackup, target: RestoreTarget): Promise<void> {
  if (backup.header.secretMark !== markOf(target.appSecret))
    throw new BackupFault('APP_SECRET is not the one of the backup: set that one, for parts are encrypted with it.')
  const client = new pg.Client({ connectionString: target.databaseUrl, application_name: 'taskflow-restore' })
  await client.connect()
  try {
    await makeRoom(client, target)
    const upTo = new Set(backup.header.migrations)
    await migrate(
      target,
      migrations.filter(({ name }) => upTo.has(name)),
    )
    await fillTables(client, backup.path, (file, content) => keepFile(target.filesFolder, file, content))
  } finally {
    await client.end()
  }
}

async function makeRoom(client: pg.Client, target: RestoreTarget): Promise<void> {
  const { rows: users } = await client.query(
    `select from pg_stat_activity where datname = current_database() and usename = $1 and pid <> pg_backend_pid()`,
    [appRoleName(target)],
  )
  if (users.length > 0) throw new BackupFault('Taskflow is using this database: stop it, then restore.')
  const { rows } = await client.query<{ ours: boolean }>(
    `select to_regclass('public.installation') is not null as ours`,
  )
  if (!rows[0]!.ours) return
  const { rowCount: people } = await client.query('select from public.auth_user limit 1')
  if (people && !target.replace)
    throw new BackupFault('People have signed up in this database. To replace all of it, add --replace.')
  await client.query(
    'begin; drop schema if exists pgboss cascade; drop schema public cascade; create schema public; commit',
  )
}

async function keepFile(folder: string | undefined, file: string, base64: string): Promise<void> {
  if (!folder || !KEY_OF_FILE.test(file)) return
  await mkdir(dirname(join(folder, file)), { recursive: true, mode: 0o700 })
  await writeFile(join(folder, file), Buffer.from(base64, 'base64'), { mode: 0o600 })
}
