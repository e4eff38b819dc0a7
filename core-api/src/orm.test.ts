import { type AddressInfo, connect, createServer } from 'node:net'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { toProblem } from './http/problems.ts'
import { createOrm } from './orm.ts'
import { createTestApp } from './testing/app.ts'

const test = suite('the pool of the database')

/** Passes everything on in both directions until it is cut, and then keeps the connections but says nothing. */
async function startCableTo(port: number, host: string) {
  let isCut = false
  const server = createServer((near) => {
    const far = connect(port, host)
    near.on('data', (bytes) => isCut || far.write(bytes))
    far.on('data', (bytes) => isCut || near.write(bytes))
    near.on('error', () => {}).on('close', () => far.destroy())
    far.on('error', () => {}).on('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, cut: () => (isCut = true), close: () => server.close() }
}

test('gives up a database that has fallen silent: people are told to come back soon', async () => {
  const app = await createTestApp()
  const url = new URL(app.deps.config.databaseUrl)
  const cable = await startCableTo(Number(url.port), url.hostname)
  url.host = `127.0.0.1:${cable.port}`
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
