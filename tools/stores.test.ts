import pg from 'pg'
import { databaseForTest } from './stores.ts'
import { assert, suite } from './suite.ts'

const test = suite('stores for tests')

const query = async (url: string, sql: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client.query(sql).finally(() => client.end())
}

test('each test file has a database of its own', async () => {
  const [one, other] = await Promise.all([databaseForTest(), databaseForTest()])
  await query(one.url, 'create table mine (id int)')
  await assert.rejects(query(other.url, 'select * from mine'), /does not exist/)
  await Promise.all([one.close(), other.close()])
})

test('a closed database is gone, whoever is still connected', async () => {
  const store = await databaseForTest()
  const client = new pg.Client({ connectionString: store.url })
  client.on('error', () => {})
  await client.connect()
  await store.close()
  await assert.rejects(query(store.url, 'select 1'), /does not exist/)
})

test.run()
