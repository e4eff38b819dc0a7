import pg, { type Client, escapeIdentifier, escapeLiteral } from 'pg'
import type { readDatabaseConfig } from './config.ts'
import { deriveKey } from './lib/derive-key.ts'

export type DatabaseConfig = ReturnType<typeof readDatabaseConfig>

const INVALID_PASSWORD = '28P01'
const EXISTS_ALREADY = ['42710', '23505']
const CONCURRENTLY_UPDATED = 'XX000'
const PERMISSION_DENIED = '42501'
const ATTEMPTS = 20
const ROLE_OUT_OF_REACH =
  'DATABASE_URL may neither make nor change the runtime role. Give its user CREATEROLE, choose another DATABASE_APP_ROLE, or make the role yourself and name it in DATABASE_APP_URL.'

export function appDatabaseUrl(config: DatabaseConfig): string {
  if (config.databaseAppUrl) return config.databaseAppUrl
  const url = new URL(config.databaseUrl)
  url.username = config.databaseAppRole
  url.password = deriveKey(config.appSecret, 'database-app-role').toString('base64url')
  return url.href
}

export function appRoleName(config: DatabaseConfig): string {
  if (!config.databaseAppUrl) return config.databaseAppRole
  return decodeURIComponent(new URL(config.databaseAppUrl).username)
}

export async function ensureAppRole(owner: Client, config: DatabaseConfig): Promise<void> {
  const isThere = await findRole(owner, config)
  if (config.databaseAppUrl) return
  const role = escapeIdentifier(appRoleName(config))
  const password = escapeLiteral(decodeURIComponent(new URL(appDatabaseUrl(config)).password))
  if (!isThere)
    await retryingRaces(() =>
      owner.query(`create role ${role} with login nocreatedb nocreaterole password ${password}`),
    )
  // Roles belong to the whole cluster: a password that works already is left alone.
  if (await signsIn(config)) return
  await retryingRaces(() => owner.query(`alter role ${role} with login password ${password}`))
}

/** What keeps workspaces apart does not hold for such a role, which somebody else may have made. */
async function findRole(owner: Client, config: DatabaseConfig): Promise<boolean> {
  const name = appRoleName(config)
  const { rows } = await owner.query<{ super: boolean; bypass: boolean }>(
    'select rolsuper as super, rolbypassrls as bypass from pg_roles where rolname = $1',
    [name],
  )
  const [role] = rows
  const named = `${config.databaseAppUrl ? 'DATABASE_APP_URL' : 'DATABASE_APP_ROLE'} names the role ${name}`
  if (!role && config.databaseAppUrl) throw new Error(`${named}, which is not there.`)
  const right = role?.super ? 'SUPERUSER' : role?.bypass ? 'BYPASSRLS' : undefined
  if (right) throw new Error(`${named}, which has ${right} and would see every workspace: take that from it.`)
  return role !== undefined
}

async function signsIn(config: DatabaseConfig): Promise<boolean> {
  const client = new pg.Client({ connectionString: appDatabaseUrl(config), connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    return true
  } catch (error) {
    if ((error as { code?: string }).code === INVALID_PASSWORD) return false
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

async function retryingRaces(statement: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await statement()
      return
    } catch (error) {
      const { code = '' } = error as { code?: string }
      if (EXISTS_ALREADY.includes(code)) return
      if (code === PERMISSION_DENIED) throw new Error(ROLE_OUT_OF_REACH, { cause: error })
      if (code !== CONCURRENTLY_UPDATED || attempt === ATTEMPTS) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * attempt))
    }
  }
}
