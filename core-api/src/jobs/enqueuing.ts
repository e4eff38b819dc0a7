import { CHANNEL_OF_WORK } from '@taskflow/shared/names.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { WriteCtx } from '../context.ts'
import type { JobKind, JobKinds } from './kinds.ts'

export interface JobOptions {
  /** The job of a repeat with the same id is not a second job. */
  id?: string
  /** Not before this moment. */
  at?: Date
  priority?: number
}

// What the queue library's own insert writes, for one job and without its NOTIFY.
const ENQUEUE = `
  insert into pgboss.job (id, name, data, priority, start_after, keep_until, expire_seconds, deletion_seconds,
    retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
  select $1, q.name, $3::jsonb, $4, at, at + make_interval(secs => q.retention_seconds), q.expire_seconds,
    q.deletion_seconds, q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.policy, q.dead_letter,
    q.heartbeat_seconds
  from pgboss.queue q, coalesce($5::timestamptz, now()) at
  where q.name = $2
  on conflict do nothing`

/** A job that exists exactly if the change does: it leaves with the commit. Nobody waits for it. */
export function enqueue<Kind extends JobKind>(
  ctx: WriteCtx,
  kind: Kind,
  data: JobKinds[Kind],
  { id = newId(), at, priority = 0 }: JobOptions = {},
): string {
  ctx.tx.later(ENQUEUE, [id, kind, JSON.stringify(data), priority, at ?? null])
  if (!at) wakeWorkers(ctx, kind)
  return id
}

/** Workers look by themselves every few seconds; told by Redis, they look at once. */
export function wakeWorkers({ afterCommit, deps: { redis } }: WriteCtx, what: string): void {
  afterCommit.push(() => {
    if (redis.publisher.isReady) redis.publisher.publish(CHANNEL_OF_WORK, what).catch(() => {})
  })
}
