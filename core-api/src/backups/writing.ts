import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { deriveKey } from '../lib/derive-key.ts'
import { FORMAT, type Header, type Line, type Row, type Table } from './lines.ts'
import { listSequences, listTables, quoted } from './tables.ts'

const ROWS_AT_ONCE = 500

export interface BackupSource {
  databaseUrl: string
  appSecret: string
  /** Where attachments lie, unless they lie elsewhere. */
  filesFolder: string | undefined
  /** Only where the one who restores would not have them otherwise. */
  secrets?: Record<string, string> | undefined
}

/** Everything as it was at one moment, while people go on working. */
export async function writeBackup(source: BackupSource, to: Writable): Promise<{ rows: number; files: number }> {
  const gzip = createGzip()
  // Standard output is not ours to end: it would never say that it has finished.
  const written = pipeline(gzip, to, { end: to !== process.stdout })
  written.catch(() => {})
  const write = async (line: Header | Line) => {
    if (!gzip.write(`${JSON.stringify(line)}\n`)) await Promise.race([once(gzip, 'drain'), written])
  }
  const client = new pg.Client({ connectionString: source.databaseUrl, application_name: 'taskflow-backup' })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query(`set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local bytea_output = 'hex'`)
    const { rows: done } = await client.query<{ name: string }>('select name from public.migration order by id')
    await client.query(`select set_config('search_path', '', true)`)
    const at = new Date().toISOString()
    const migrations = done.map(({ name }) => name)
    await write({ taskflow: 'backup', format: FORMAT, at, migrations, secretMark: markOf(source.appSecret) })
    if (source.secrets) await write({ secrets: source.secrets })
    let rows = 0
    for (const table of await listTables(client)) rows += await writeTable(client, table, write)
    for (const sequence of await listSequences(client)) await write({ sequence })
    // After the rows: a file may be there that no row names yet, never the other way round.
    const files = source.filesFolder ? await writeFiles(source.filesFolder, write) : 0
    await write({ end: true, rows, files })
    gzip.end()
    await written
    return { rows, files }
  } finally {
    await client.end()
  }
}

export function markOf(appSecret: string): string {
  return deriveKey(appSecret, 'backup-mark', 8).toString('hex')
}

type Write = (line: Line) => Promise<void>

async function writeTable(client: pg.Client, table: Table, write: Write): Promise<number> {
  await write({ table })
  const values = table.columns.map(([column]) => `${column}::text`).join(', ')
  await client.query(`declare rows no scroll cursor for select ${values} from ${quoted(table)}`)
  for (let count = 0; ;) {
    const { rows } = await client.query<Row>({ text: `fetch ${ROWS_AT_ONCE} from rows`, rowMode: 'array' })
    for (const row of rows) await write(row)
    count += rows.length
    if (rows.length === 0) {
      await client.query('close rows')
      return count
    }
  }
}

async function writeFiles(folder: string, write: Write): Promise<number> {
  const workspaces = await readdir(folder, { withFileTypes: true }).catch(() => [])
  let count = 0
  for (const workspace of workspaces) {
    if (!workspace.isDirectory() || workspace.name === 'incoming') continue
    for (const name of await readdir(join(folder, workspace.name))) {
      const file = `${workspace.name}/${name}`
      const content = await readFile(join(folder, file)).catch(() => undefined)
      if (!content) continue
      await write({ file, base64: content.toString('base64') })
      count++
    }
  }
  return count
}
