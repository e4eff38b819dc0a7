import type { Pool } from 'pg'
import { DEAD_LETTERS, HEARTBEAT_SECONDS, JOB_KINDS, type KindOptions, USUAL } from './kinds.ts'

const DAY_SECONDS = 24 * 3600

const ENSURE = `
  insert into pgboss.queue as q (name, policy, retry_limit, retry_delay, retry_backoff, retry_delay_max, expire_seconds,
    retention_seconds, deletion_seconds, dead_letter, partition, table_name, heartbeat_seconds)
  select name, 'standard', retries, wait, true, longest, within, $7, $8, dead_letter, false, 'job_common', $9
  from unnest($1::text[], $2::int[], $3::int[], $4::int[], $5::int[], $6::text[])
    as k (name, retries, wait, longest, within, dead_letter)
  order by name
  on conflict (name) do update set retry_limit = excluded.retry_limit, retry_delay = excluded.retry_delay,
    retry_delay_max = excluded.retry_delay_max, expire_seconds = excluded.expire_seconds, updated_on = now()
  where (q.retry_limit, q.retry_delay, q.retry_delay_max, q.expire_seconds) is distinct from
    (excluded.retry_limit, excluded.retry_delay, excluded.retry_delay_max, excluded.expire_seconds)`

/** A job goes into the queue of its kind: the queues are there before the first job and before the first worker. */
export async function ensureQueues(
  pool: Pick<Pool, 'query'>,
  kinds: Record<string, KindOptions> = JOB_KINDS,
): Promise<void> {
  await ensure(pool, { [DEAD_LETTERS]: USUAL }, null)
  await ensure(pool, kinds, DEAD_LETTERS)
}

async function ensure(pool: Pick<Pool, 'query'>, kinds: Record<string, KindOptions>, deadLetter: string | null) {
  const options = Object.values(kinds)
  await pool.query(ENSURE, [
    Object.keys(kinds),
    options.map(({ retries }) => retries),
    options.map(({ waitSeconds }) => waitSeconds),
    options.map(({ longestWaitSeconds }) => longestWaitSeconds),
    options.map(({ withinSeconds }) => withinSeconds),
    options.map(() => deadLetter),
    30 * DAY_SECONDS,
    DAY_SECONDS,
    HEARTBEAT_SECONDS,
  ])
}
