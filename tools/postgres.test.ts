import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { startPostgres } from './postgres.ts'
import { assert, suite } from './suite.ts'

const test = suite('embedded Postgres')
const folder = mkdtempSync(join(tmpdir(), 'taskflow-postgres-'))
const options = { dataDir: join(folder, 'postgres'), logFile: join(folder, 'log'), password: 'of the tests' }
test.after(() => rm(folder, { recursive: true, maxRetries: 5 }))

test('whoever is killed while the database is being made comes up at the next start', async () => {
  const start = `import { startPostgres } from './postgres.ts'; await startPostgres(${JSON.stringify(options)})`
  const first = spawn(process.execPath, ['--input-type=module', '--eval', start], { cwd: import.meta.dirname })
  while (globSync(join(folder, '*/PG_VERSION')).length === 0) await delay(2)
  first.kill('SIGKILL')
  await once(first, 'exit')

  const server = await startPostgres(options)
  const client = new pg.Client(server.url)
  await client.connect()
  assert.equal((await client.query('select 1 as one')).rows[0].one, 1)
  await client.end()
  await server.stop()

  await (await startPostgres(options)).stop()
  assert.deepEqual(readdirSync(folder).sort(), ['log', 'postgres'])
})

test.run()
