import { type EntitySchema, MikroORM } from '@mikro-orm/postgresql'
import type { Pool } from 'pg'
import type { Config } from './config.ts'
import { appDatabaseUrl } from './database-role.ts'

type OrmConfig = Pick<Config, 'databaseUrl' | 'databaseAppUrl' | 'databaseAppRole' | 'appSecret' | 'databasePool'>

export type Orm = MikroORM

const STATEMENT_LIMIT_MS = 30_000
/** Longer than the database gives itself: only one that has fallen silent is given up. */
const ANSWER_WITHIN_MS = STATEMENT_LIMIT_MS + 2_000

// The one pool of the process: the ORM, better-auth and the write path share it, as the runtime role.
export async function createOrm(
  config: OrmConfig,
  entities: EntitySchema[],
  answerWithinMs = ANSWER_WITHIN_MS,
): Promise<{ orm: Orm; pool: Pool }> {
  const orm = await MikroORM.init({
    clientUrl: appDatabaseUrl(config),
    entities,
    discovery: { warnWhenNoEntities: false },
    metadataCache: { enabled: false },
    pool: { min: 0, max: config.databasePool, idleTimeoutMillis: 30_000 },
    driverOptions: {
      pipeline: true,
      application_name: 'taskflow',
      statement_timeout: STATEMENT_LIMIT_MS,
      query_timeout: answerWithinMs,
      idle_in_transaction_session_timeout: 5_000,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    },
  })
  return { orm, pool: (await orm.em.getConnection().getNativeClient()) as Pool }
}
