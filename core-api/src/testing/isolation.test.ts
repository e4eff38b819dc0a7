import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import pg from 'pg'
import { read } from '../context.ts'
import { createTestApp, type TestApp } from './app.ts'
import { addTask, foundTeam, sqlAsOwner, type Team } from './boards.ts'

const test = suite('isolation in the database')
let app: TestApp
let mine: Team
let theirs: Team

test.before(async () => {
  app = await createTestApp()
  mine = await foundTeam(app)
  theirs = await foundTeam(app)
  for (const team of [mine, theirs]) await addTask(team.owner, team.boardId, { title: 'A task' })
})
test.after(() => app?.close())

const actorOf = ({ owner }: Team) => ({ kind: 'user' as const, id: owner.userId, name: owner.name })
const rejects = (act: Promise<unknown>, code: string) =>
  assert.rejects(act, (error: { code: string }) => error.code === code)

/** Every table with a workspace_id, and the table of workspaces itself. */
const TENANT_TABLES = `
  select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced
  from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  where c.relkind in ('r', 'p') and (c.relname = 'workspace' or exists (
    select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped))`

const tenantTables = () => sqlAsOwner<{ name: string; enabled: boolean; forced: boolean }>(app, TENANT_TABLES)

test('is enabled and forced on every table of tenants, and they all have a policy', async () => {
  const tables = await tenantTables()
  assert.ok(tables.length >= 12)
  assert.deepEqual(
    tables.filter(({ enabled, forced }) => !enabled || !forced),
    [],
  )
  const policies = await sqlAsOwner<{ name: string }>(app, 'select distinct tablename as name from pg_policies')
  const held = new Set(policies.map(({ name }) => name))
  assert.deepEqual(
    tables.filter(({ name }) => !held.has(name)),
    [],
  )
})

test('is declared by the entities as the database has it', async () => {
  const names = new Set((await tenantTables()).map(({ name }) => name))
  const metadata = [...app.deps.orm.getMetadata().getAll().values()].filter(({ tableName }) => names.has(tableName))
  assert.ok(metadata.length > 0)
  for (const { tableName, rowLevelSecurity, policies } of metadata) {
    assert.equal(rowLevelSecurity, 'force', tableName)
    assert.equal(policies.length, 1, tableName)
  }
})

test('binds the runtime role, which owns nothing and may not get around it', async () => {
  const [who] = (await app.deps.pool.query<{ name: string }>('select current_user as name')).rows
  const [role] = await sqlAsOwner<Record<string, boolean>>(
    app,
    `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
            exists (select from pg_class where relowner = r.oid) or exists (select from pg_proc where proowner = r.oid)
              or exists (select from pg_namespace where nspowner = r.oid) as owns,
            exists (select from pg_auth_members where member = r.oid) as "isMember"
     from pg_roles r where rolname = $1`,
    [who!.name],
  )
  assert.deepEqual(
    Object.entries(role!).filter(([, is]) => is),
    [],
  )
})

test('shows nothing to whoever has not said who they are', async () => {
  for (const { name } of await tenantTables()) {
    const { rows } = await app.deps.pool.query<{ count: number }>(`select count(*)::int from "${name}"`)
    assert.equal(rows[0]!.count, 0, name)
  }
})

test('shows a person only rows of their own workspaces', async () => {
  for (const { name } of await tenantTables()) {
    const column = name === 'workspace' ? 'id' : 'workspace_id'
    const rows = await read(app.deps, actorOf(mine), (ctx) =>
      ctx.tx.sql(`select ${column} as id from "${name}" where ${column} is not null`),
    )
    assert.deepEqual(
      rows.filter(({ id }) => id !== mine.workspaceId),
      [],
      name,
    )
  }
})

test('lets nobody write a row of another tenant, or move one there', async () => {
  const inTransaction = (text: string, values: unknown[]) =>
    withTransaction(app, mine.owner.userId, (client) => client.query(text, values))
  await rejects(
    inTransaction('insert into label (id, workspace_id, name, color) values ($1, $2, $3, $4)', [
      newId(),
      theirs.workspaceId,
      'X',
      'red',
    ]),
    '42501',
  )
  await rejects(
    inTransaction('update board set workspace_id = $2 where id = $1', [mine.boardId, theirs.workspaceId]),
    '42501',
  )
  await rejects(
    inTransaction(`insert into workspace_member (workspace_id, user_id, role) values ($1, $2, 'owner')`, [
      theirs.workspaceId,
      mine.owner.userId,
    ]),
    '42501',
  )
  const { rowCount } = await inTransaction('update board set name = $2 where id = $1', [theirs.boardId, 'Mine'])
  assert.equal(rowCount, 0)
})

test('lets nobody write facts or raise a sequence but by recording, and that only in their own tenant', async () => {
  const inTransaction = (text: string, values: unknown[] = []) =>
    withTransaction(app, mine.owner.userId, (client) => client.query(text, values))
  for (const text of [
    'update stream set seq = 7',
    'delete from event',
    `insert into stream values ('b:x', null, 'e', 1)`,
  ])
    await rejects(inTransaction(text), '42501')
  const facts = [
    newId(),
    '{}',
    null,
    null,
    [`w:${theirs.workspaceId}`],
    [theirs.workspaceId],
    ['label.created'],
    [null],
  ]
  await rejects(
    inTransaction('select record_facts($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, null, null, null, null)', [
      ...facts,
      ['{}'],
      [],
    ]),
    '42501',
  )
})

/** Foreign keys between tables of tenants, by their columns. */
const FOREIGN_KEYS = `
  select k.conrelid::regclass::text as "from", k.confrelid::regclass::text as "to", (
    select array_agg(a.attname::text order by a.attnum) from pg_attribute a
    where a.attrelid = k.conrelid and a.attnum = any(k.conkey)) as columns
  from pg_constraint k where k.contype = 'f'`

/** Held to one workspace by a board that is itself held to it. */
const THROUGH_THE_BOARD = new Set(['task → board_column'])

test('is kept by every foreign key between tenants’ tables: it names the workspace', async () => {
  const names = new Set((await tenantTables()).map(({ name }) => name))
  const keys = await sqlAsOwner<{ from: string; to: string; columns: string[] }>(app, FOREIGN_KEYS)
  const crossing = keys
    .filter(({ from, to, columns }) => names.has(from) && names.has(to) && !columns.includes('workspace_id'))
    .map(({ from, to }) => `${from} → ${to}`)
  assert.deepEqual(
    crossing.filter((key) => !THROUGH_THE_BOARD.has(key)),
    [],
  )
  const [task] = await sqlAsOwner<{ id: string }>(app, 'select id from task where board_id = $1', [mine.boardId])
  for (const [column, value] of Object.entries({ column_id: theirs.columns[0].id, board_id: theirs.boardId }))
    await rejects(
      sqlAsOwner(app, `update task set number = 99, ${column} = $2 where id = $1`, [task!.id, value]),
      '23503',
    )
})

test('holds for a thousand tenants in turn over one connection', async () => {
  const single = await createTestApp({ DATABASE_POOL: '1' })
  try {
    const tenants = await foundSilently(single, 1_000)
    const labelsOf = (userId: string) =>
      read(single.deps, { kind: 'user', id: userId, name: '' }, (ctx) =>
        ctx.tx.sql<{ id: string }>('select workspace_id as id from label'),
      )
    // Nobody waits for the connection longer than the pool lets them.
    const seen: { id: string }[][] = []
    for (let from = 0; from < tenants.length; from += 50) {
      const some = tenants.slice(from, from + 50)
      seen.push(...(await Promise.all(some.map(({ userId }) => labelsOf(userId)))))
    }
    tenants.forEach(({ workspaceId }, i) => assert.deepEqual(seen[i], [{ id: workspaceId }]))
    assert.deepEqual((await single.deps.pool.query('select from label')).rows, [])
  } finally {
    await single.close()
  }
})

async function foundSilently(to: TestApp, count: number) {
  const tenants = Array.from({ length: count }, () => ({ userId: newId(), workspaceId: newId() }))
  const values = [tenants.map(({ userId }) => userId), tenants.map(({ workspaceId }) => workspaceId)]
  await sqlAsOwner(
    to,
    `with t as (select * from unnest($1::uuid[], $2::uuid[]) t(u, w)),
       people as (insert into auth_user (id, name, email) select u, 'P', u || '@example.org' from t),
       spaces as (insert into workspace (id, name) select w, 'W' from t),
       members as (insert into workspace_member (workspace_id, user_id, role) select w, u, 'owner' from t)
     insert into label (id, workspace_id, name, color) select gen_random_uuid(), w, 'L', 'red' from t`,
    values,
  )
  return tenants
}

async function withTransaction<T>(to: TestApp, userId: string, act: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await to.deps.pool.connect()
  try {
    await client.query('begin')
    await client.query('select enter_tenant($1, null, null)', [userId])
    return await act(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

test.run()
