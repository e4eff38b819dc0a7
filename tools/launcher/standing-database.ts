import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createChildren } from './children.ts'
import { checkDatabase, DATABASE_NAME, startEmbeddedDatabase } from './database.ts'
import { Fault } from './fault.ts'
import { claimDataDir, runningLauncher } from './running.ts'
import type { Secrets } from './secrets.ts'
import type { StartConfig } from './services.ts'
import { POSTGRES_USER } from '../postgres.ts'

type Work<T> = (url: string) => Promise<T>

/** The database that a start would use, while a Taskflow runs on it or not. */
export async function withDatabase<T>(config: StartConfig, secrets: Secrets, work: Work<T>): Promise<T> {
  if (!runningLauncher(config.dataDir)) return withDatabaseAlone(config, secrets, work)
  return work(config.databaseUrl ?? urlOfRunning(config.dataDir, secrets))
}

/** The same, but refused while a Taskflow runs with this folder. */
export async function withDatabaseAlone<T>(config: StartConfig, secrets: Secrets, work: Work<T>): Promise<T> {
  if (config.databaseUrl) await checkDatabase(config.databaseUrl)
  const claim = await claimDataDir(config.dataDir)
  try {
    if (config.databaseUrl) return await work(config.databaseUrl)
    const { url, stop } = await startEmbeddedDatabase(
      config.dataDir,
      secrets.POSTGRES_PASSWORD,
      createChildren(claim.add),
    )
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void stop().finally(() => (claim.release(), process.exit(130))))
    }
    return await work(url).finally(stop)
  } finally {
    claim.release()
  }
}

export function hasEmbeddedData(dataDir: string): boolean {
  return existsSync(join(dataDir, 'postgres/PG_VERSION'))
}

function urlOfRunning(dataDir: string, { POSTGRES_PASSWORD }: Secrets): string {
  const port = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[3]
  if (!port) throw new Fault('The database is just starting: try again in a moment.')
  return `postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@127.0.0.1:${port}/${DATABASE_NAME}`
}
