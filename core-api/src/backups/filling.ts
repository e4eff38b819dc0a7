import type { Client } from 'pg'
import { readLines, type Row, type Sequence, type Table } from './lines.ts'
import { listTables, quoted } from './tables.ts'

const BATCH_CHARACTERS = 1_000_000

type KeepFile = (file: string, base64: string) => Promise<void>

/** All rows in one transaction, as they were: no trigger acts on them, and every reference is checked at the end. */
export async function fillTables(client: Client, path: string, keepFile: KeepFile): Promise<void> {
  await client.query('begin')
  await client.query(`set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'`)
  await client.query(`select set_config('search_path', '', true)`)
  const tables = (await listTables(client)).map(quoted)
  const references = await dropReferences(client)
  await client.query(`truncate ${tables.join(', ')}`)
  for (const table of tables) await client.query(`alter table ${table} disable trigger user`)
  await copyIn(client, path, keepFile)
  for (const table of tables) await client.query(`alter table ${table} enable trigger user`)
  for (const { table, name, definition } of references)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`)
  // History was rewritten: a position of before must not be taken for one of now.
  await client.query(`update public.installation set epoch = substr(md5(random()::text), 1, 8)`)
  await client.query('update public.stream set epoch = (select epoch from public.installation)')
  await client.query('commit')
  await client.query('analyze')
}

async function dropReferences(client: Client) {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and conparentid = 0
      and conrelid in (select oid from pg_class where pg_has_role(relowner, 'USAGE'))`)
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${name}`)
  return rows
}

async function copyIn(client: Client, path: string, keepFile: KeepFile): Promise<void> {
  let table: Table | undefined
  let batch: string[] = []
  let size = 0
  const flush = async () => {
    if (table && batch.length > 0) await insert(client, table, batch)
    batch = []
    size = 0
  }
  for await (const line of readLines(path)) {
    if (Array.isArray(line)) {
      const text = JSON.stringify(line satisfies Row)
      batch.push(text)
      size += text.length
      if (size > BATCH_CHARACTERS) await flush()
      continue
    }
    await flush()
    if ('table' in line) ({ table } = line)
    else if ('sequence' in line) await setSequence(client, line.sequence)
    else if ('file' in line) await keepFile(line.file, line.base64)
  }
}

async function insert(client: Client, table: Table, rows: string[]): Promise<void> {
  const columns = table.columns.map(([column]) => column).join(', ')
  const values = table.columns.map(([, type], index) => `(row ->> ${index})::${type}`).join(', ')
  await client.query(
    `insert into ${quoted(table)} (${columns}) overriding system value
     select ${values} from pg_catalog.json_array_elements($1::json) as rows (row)`,
    [`[${rows.join(',')}]`],
  )
}

async function setSequence(client: Client, sequence: Sequence): Promise<void> {
  await client.query('select pg_catalog.setval($1::regclass, $2, $3)', [
    quoted(sequence),
    sequence.value,
    sequence.called,
  ])
}
