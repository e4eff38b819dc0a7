import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestPostgres } from './server.ts'

/** What all test files of one run share. */
export async function startTestStores() {
  if (process.env.TEST_POSTGRES_URL) return { env: {}, close: async () => {} }
  const ports = await mkdtemp(join(tmpdir(), 'taskflow-ports-'))
  process.env.TEST_PORTS_FOLDER = ports
  const postgres = await startTestPostgres()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  return {
    env: { TEST_POSTGRES_URL: postgres.url, TEST_PORTS_FOLDER: ports },
    close: async () => {
      await postgres.stop()
      await rm(ports, { recursive: true, force: true })
    },
  }
}
