import { startTestPostgres } from './server.ts'

/** What all test files of one run share. */
export async function startTestStores() {
  if (process.env.TEST_POSTGRES_URL) return { env: {}, close: async () => {} }
  const postgres = await startTestPostgres()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  return { env: { TEST_POSTGRES_URL: postgres.url }, close: () => postgres.stop() }
}
