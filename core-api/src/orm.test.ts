import { assert, suite } from '@taskflow/tools/suite.ts'
import { startCableTo } from '@taskflow/tools/testing/cable.ts'
import { toProblem } from './http/problems.ts'
import { createOrm } from './orm.ts'
import { createTestApp } from './testing/app.ts'

const test = suite('the pool of the database')

test('gives up a database that has fallen silent: people are told to come back soon', async () => {
  const app = await createTestApp()
  const url = new URL(app.deps.config.databaseUrl)
  const cable = await startCableTo(Number(url.port), url.hostname)
  url.host = cable.host
  const { orm, pool } = await createOrm({ ...app.deps.config, databaseUrl: url.href }, [], 1_500)
  try {
    assert.equal((await pool.query('select 1 as one')).rows[0].one, 1)
    cable.cut()
    const error = await pool.query('select 1').then(
      () => assert.fail('it answered'),
      (error: unknown) => error,
    )
    const problem = toProblem(error)
    assert.deepEqual([problem.status, problem.extras.headers], [503, { 'Retry-After': '2' }])
  } finally {
    await orm.close(true)
    cable.close()
    await app.close()
  }
})

test.run()
