import type { Client } from 'pg'
import type { Sequence, Table } from './lines.ts'

const OURS = `pg_has_role(c.relowner, 'USAGE') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')`

// What migrations have run is told by the header, and written again by running them. Partitions go by their whole, for
// which ones there are depends on the day; how long the queues were each day is nothing that a backup has to bring back.
const NOT_KEPT = `('public', 'migration'), ('pgboss', 'queue_stats')`

const TABLES = `
  select n.nspname as schema, c.relname as name, array(
    select array[quote_ident(a.attname), format_type(a.atttypid, a.atttypmod)] from pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum
  ) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition and ${OURS} and (n.nspname, c.relname) not in (${NOT_KEPT})
  order by 1, 2`

const SEQUENCES = `
  select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'S' and ${OURS} and c.relname not like 'migration%' order by 1, 2`

/** Types are named so that any search path finds them: the client has set an empty one. */
export async function listTables(client: Client): Promise<Table[]> {
  return (await client.query<Table>(TABLES)).rows
}

export async function listSequences(client: Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(SEQUENCES)
  const sequences: Sequence[] = []
  for (const { schema, name } of rows) {
    const found = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quoted({ schema, name })}`,
    )
    sequences.push({ schema, name, ...found.rows[0]! })
  }
  return sequences
}

export function quoted({ schema, name }: { schema: string; name: string }): string {
  return `"${schema.replaceAll('"', '""')}"."${name.replaceAll('"', '""')}"`
}
