import { randomBytes } from 'node:crypto'
import { startRedis } from './redis.ts'
import { startTestPostgres } from './testing/server.ts'
import { asAdmin, databaseUrl, ensureTemplate } from './testing/template.ts'

export { TEST_APP_SECRET } from './testing/template.ts'

export interface TestStore {
  url: string
  close(): Promise<void>
}

let server: Promise<{ url: string; template: string }> | undefined

/** A migrated database of its own. The runner shares one server by TEST_POSTGRES_URL; a file run alone starts one. */
export async function databaseForTest(): Promise<TestStore> {
  server ??= testServer()
  const { url, template } = await server
  const name = `test_${randomBytes(8).toString('hex')}`
  await asAdmin(url, (client) => client.query(`create database ${name} template ${template} strategy file_copy`))
  return {
    url: databaseUrl(url, name),
    close: () =>
      asAdmin(url, async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  }
}

/** A Redis of its own, for channels know no databases: two test files on one server would hear each other. */
export async function redisForTest(options: { port?: number } = {}): Promise<TestStore> {
  const redis = await startRedis(options)
  return { url: redis.url, close: () => redis.stop() }
}

async function testServer() {
  const url = process.env.TEST_POSTGRES_URL ?? (await startTestPostgres()).url
  return { url, template: await ensureTemplate(url) }
}
