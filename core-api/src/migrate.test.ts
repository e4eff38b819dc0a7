import { assert, suite } from '@taskflow/tools/suite.ts'
import { databaseForTest, TEST_APP_SECRET, type TestStore } from '@taskflow/tools/stores.ts'
import { checkDatabase } from '@taskflow/tools/launcher/database.ts'
import pg from 'pg'
import { migrations } from '../migrations/all.ts'
import { appDatabaseUrl, type DatabaseConfig } from './database-role.ts'
import { listPendingMigrations, migrate } from './migrate.ts'

const test = suite('migrations and roles')
let database: TestStore
let config: DatabaseConfig

test.before(async () => {
  database = await databaseForTest()
  config = {
    databaseUrl: database.url,
    databaseAppUrl: undefined,
    databaseAppRole: 'taskflow_app',
    appSecret: TEST_APP_SECRET,
  }
})
test.after(() => database?.close())

async function as<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
const asOwner = <T>(work: (client: pg.Client) => Promise<T>) => as(config.databaseUrl, work)
const asApp = <T>(work: (client: pg.Client) => Promise<T>) => as(appDatabaseUrl(config), work)
const refusedWith = (code: string) => (error: unknown) => (error as { code?: string }).code === code

test('each is applied once, also when several replicas start together on an empty database', async () => {
  const url = new URL(database.url)
  const name = `${url.pathname.slice(1)}_empty`
  await asOwner((client) => client.query(`create database ${name}`))
  url.pathname = `/${name}`
  try {
    const fresh = { ...config, databaseUrl: url.href }
    const applied = await Promise.all([migrate(fresh), migrate(fresh), migrate(fresh)])
    assert.deepEqual(
      applied.flat(),
      migrations.map((migration) => migration.name),
    )
    assert.deepEqual(await migrate(fresh), [])
    await as(url.href, async (client) => assert.deepEqual(await listPendingMigrations(client), []))
  } finally {
    await asOwner((client) => client.query(`drop database ${name} with (force)`))
  }
})

test('the runtime role owns nothing, is no superuser and cannot step around row security', async () => {
  await migrate(config)
  const { rows } = await asApp((client) =>
    client.query(`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
             (select count(*)::int from pg_class where relowner = r.oid) as owned,
             (select count(*)::int from pg_auth_members where member = r.oid) as memberships
        from pg_roles r where rolname = current_user`),
  )
  assert.deepEqual(rows, [
    {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      owned: 0,
      memberships: 0,
    },
  ])
})

test('the runtime role can neither change the schema nor the list of migrations', async () => {
  await asApp(async (client) => {
    await assert.rejects(client.query('create table mine (id int)'), refusedWith('42501'))
    await assert.rejects(client.query('alter table auth_user add column mine int'), refusedWith('42501'))
    await assert.rejects(client.query('truncate auth_user'), refusedWith('42501'))
    await assert.rejects(client.query('delete from migration'), refusedWith('42501'))
    assert.ok((await client.query('select name from migration')).rowCount)
  })
})

test('a table that appears later can be used at once; what was granted by hand is taken back', async () => {
  await asOwner((client) => client.query('create table later (id int generated always as identity, word text)'))
  await asApp((client) => client.query(`insert into later (word) values ('x')`))
  await asOwner((client) => client.query('grant all on migration to taskflow_app'))
  await migrate(config)
  await asApp((client) => assert.rejects(client.query('delete from migration'), refusedWith('42501')))
})

test('an owner without superuser rights can migrate, and a role of the operator’s own is used as it is', async () => {
  const suffix = Math.random().toString(36).slice(2, 10)
  const [owner, app, name] = [`owner_${suffix}`, `app_${suffix}`, `db_${suffix}`]
  await asOwner(async (client) => {
    await client.query(`create role ${owner} login createrole password 'x'`)
    await client.query(`create role ${app} login password 'x'`)
    await client.query(`create database ${name} owner ${owner}`)
  })
  const at = (user: string) =>
    Object.assign(new URL(database.url), { username: user, password: 'x', pathname: `/${name}` }).href
  try {
    const own = { ...config, databaseUrl: at(owner), databaseAppUrl: at(app) }
    assert.equal((await migrate(own)).length, migrations.length)
    await as(at(app), async (client) => assert.equal((await client.query('select from auth_user')).rowCount, 0))
  } finally {
    await asOwner(async (client) => {
      await client.query(`drop database ${name} with (force)`)
      await client.query(`drop role ${owner}, ${app}`)
    })
  }
})

test('a runtime role that row security does not hold for is refused, whoever made it', async () => {
  const app = `app_${Math.random().toString(36).slice(2, 10)}`
  const at = (user: string) => Object.assign(new URL(database.url), { username: user, password: 'x' }).href
  const refused = (own: Partial<DatabaseConfig>, words: RegExp) =>
    assert.rejects(migrate({ ...config, ...own }), { message: words })
  await refused({ databaseAppUrl: at(app) }, /^DATABASE_APP_URL names the role app_\w+, which is not there\.$/)
  await asOwner((client) => client.query(`create role ${app} login bypassrls password 'x'`))
  try {
    await refused({ databaseAppUrl: at(app) }, /^DATABASE_APP_URL names the role app_\w+, which has BYPASSRLS/)
    await asOwner((client) => client.query(`alter role ${app} superuser`))
    await refused({ databaseAppRole: app }, /^DATABASE_APP_ROLE names the role app_\w+, which has SUPERUSER/)
  } finally {
    await asOwner((client) => client.query(`drop role ${app}`))
  }
})

test('who may not create tables is told whom DATABASE_URL must name', async () => {
  const suffix = Math.random().toString(36).slice(2, 10)
  const [guest, name] = [`guest_${suffix}`, `db_${suffix}`]
  await asOwner(async (client) => {
    await client.query(`create role ${guest} login createrole password 'x'`)
    await client.query(`create database ${name}`)
  })
  const databaseUrl = Object.assign(new URL(database.url), {
    username: guest,
    password: 'x',
    pathname: `/${name}`,
  }).href
  try {
    const sentence = `DATABASE_URL must name the owner of the database: ${guest} may not create tables in ${name}.`
    await assert.rejects(migrate({ ...config, databaseUrl }), { message: sentence })
    await assert.rejects(checkDatabase(databaseUrl), { message: sentence })
  } finally {
    await asOwner(async (client) => {
      await client.query(`drop database ${name} with (force)`)
      await client.query(`drop role ${guest}`)
    })
  }
})

test.run()
