import { type Client, escapeIdentifier } from 'pg'
import { restrictedTables } from '../migrations/restricted-tables.ts'
import { appRoleName, type DatabaseConfig } from './database-role.ts'

const ALL = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const

type TableRow = { schema: string; name: string; granted: string[] }

// The role owns nothing; it may touch rows of every table, except where restricted-tables.ts says less.
export async function grantToAppRole(owner: Client, config: DatabaseConfig): Promise<void> {
  const role = escapeIdentifier(appRoleName(config))
  const statements = [
    ...(await tableStatements(owner, appRoleName(config))),
    ...(await schemaStatements(owner, appRoleName(config))),
  ]
  if (!(await hasDefaultPrivileges(owner, appRoleName(config)))) {
    statements.push(
      `alter default privileges grant select, insert, update, delete on tables to ${role}`,
      `alter default privileges grant usage, select on sequences to ${role}`,
      `alter default privileges grant usage on schemas to ${role}`,
    )
  }
  if (statements.length > 0) await owner.query(['begin', ...statements, 'commit'].join(';\n'))
}

async function tableStatements(owner: Client, role: string): Promise<string[]> {
  const { rows } = await owner.query<TableRow>(
    `select n.nspname as schema, c.relname as name,
            array(select p from unnest($2::text[]) p where has_table_privilege($1, c.oid, p)) as granted
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm') and pg_has_role(c.relowner, 'USAGE')
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
    [role, ALL],
  )
  return rows.flatMap(({ schema, name, granted }) => {
    const wanted: readonly string[] = restrictedTables[name] ?? ALL
    const missing = wanted.filter((privilege) => !granted.includes(privilege))
    const excess = granted.filter((privilege) => !wanted.includes(privilege))
    const table = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`
    return [
      ...(missing.length > 0 ? [`grant ${missing.join(', ')} on ${table} to ${escapeIdentifier(role)}`] : []),
      ...(excess.length > 0 ? [`revoke ${excess.join(', ')} on ${table} from ${escapeIdentifier(role)}`] : []),
    ]
  })
}

async function schemaStatements(owner: Client, role: string): Promise<string[]> {
  const { rows } = await owner.query<{ schema: string }>(
    `select nspname as schema from pg_namespace n
      where nspname !~ '^pg_' and nspname <> 'information_schema' and (pg_has_role(nspowner, 'USAGE') or nspname = 'public')
        and (not has_schema_privilege($1, oid, 'USAGE') or exists (
          select from pg_class c where c.relnamespace = n.oid
             and case c.relkind when 'S' then not has_sequence_privilege($1, c.oid, 'USAGE') end))`,
    [role],
  )
  return rows.flatMap(({ schema }) => [
    `grant usage on schema ${escapeIdentifier(schema)} to ${escapeIdentifier(role)}`,
    `grant usage, select on all sequences in schema ${escapeIdentifier(schema)} to ${escapeIdentifier(role)}`,
  ])
}

async function hasDefaultPrivileges(owner: Client, role: string): Promise<boolean> {
  const { rowCount } = await owner.query(
    `select from pg_default_acl d, aclexplode(d.defaclacl) a
      where d.defaclrole = current_user::regrole and d.defaclobjtype = 'n' and a.grantee = to_regrole($1)`,
    [escapeIdentifier(role)],
  )
  return Boolean(rowCount)
}
