import type { Client } from 'pg'

/** Postgres itself would name a schema or a table that nobody has heard of; what is wrong is who asks. */
export async function findMissingRight(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ who: string; database: string; may: boolean }>(
    `select current_user as who, current_database() as database,
            has_database_privilege(current_database(), 'CREATE')
              and coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) as may`,
  )
  const { who, database, may } = rows[0]!
  return may
    ? undefined
    : `DATABASE_URL must name the owner of the database: ${who} may not create tables in ${database}.`
}
