import { PgBoss } from 'pg-boss'
import pg from 'pg'
import type { CoreDeps } from '../core-deps.ts'
import { HEARTBEAT_SECONDS, JOB_KINDS, type JobKind, type JobKinds, type KindOptions } from './kinds.ts'

const LOOK_EVERY_SECONDS = 2
const SUPERVISE_EVERY_SECONDS = 10

export interface Attempt {
  id: string
  /** 1 for the first try. */
  attempt: number
  /** Aborted when the try has taken too long or the worker stops. */
  signal: AbortSignal
}

/** Does a job. May be run again after a crash: what it writes, it writes so that a second time changes nothing. */
export type Handler<Kind extends JobKind = JobKind> = (
  deps: CoreDeps,
  data: JobKinds[Kind],
  attempt: Attempt,
) => Promise<void>

export type Handlers = { [Kind in JobKind]: Handler<Kind> }

/** Takes jobs and does them, with the retries, limits and takeovers that their kinds ask for. */
export async function startWorking(deps: CoreDeps, handlers: Handlers, kinds: Record<string, KindOptions> = JOB_KINDS) {
  const boss = createBoss(deps)
  boss.on('error', (error) => deps.log.warn({ err: error }, 'the job queue stumbled'))
  boss.on('warning', ({ message, data }) => deps.log.warn({ data }, message))
  await boss.start()
  const takers = new Map<string, string[]>()
  for (const [kind, options] of Object.entries(kinds)) {
    const handler = handlers[kind as JobKind] as Handler
    takers.set(
      kind,
      await Promise.all(Array.from({ length: options.concurrency }, () => take(boss, deps, kind, handler))),
    )
  }
  return {
    /** There is a new job of this kind: look at once. */
    wake(kind: string) {
      for (const id of takers.get(kind) ?? []) boss.notifyWorker(id)
    },
    /** Takes no more jobs, and waits for those under way; what is not done in time is left for others. */
    stop: (withinMs: number) => boss.stop({ graceful: true, timeout: withinMs, close: false }),
  }
}

function createBoss({ pool }: CoreDeps): PgBoss {
  return new PgBoss({
    db: { executeSql: async (text, values) => mergeResults(await pool.query({ text, values, types: pg.types })) },
    schema: 'pgboss',
    migrate: false,
    createSchema: false,
    schedule: false,
    useListenNotify: false,
    reindex: false,
    monitorVacuum: false,
    superviseIntervalSeconds: SUPERVISE_EVERY_SECONDS,
    monitorIntervalSeconds: SUPERVISE_EVERY_SECONDS,
  })
}

/** Several statements in one text answer with several results. */
const mergeResults = (result: pg.QueryResult | pg.QueryResult[]) =>
  Array.isArray(result) ? { rows: result.flatMap(({ rows }) => rows as unknown[]) } : result

const take = (boss: PgBoss, deps: CoreDeps, kind: string, handler: Handler) =>
  boss.work<object>(
    kind,
    { pollingIntervalSeconds: LOOK_EVERY_SECONDS, heartbeatRefreshSeconds: HEARTBEAT_SECONDS / 3 },
    async ([job]) => {
      const { id, data, retryCount, signal } = job!
      try {
        await handler(deps, data as never, { id, attempt: retryCount + 1, signal })
      } catch (error) {
        deps.log.warn({ err: error, job: id, kind, attempt: retryCount + 1 }, 'a job failed')
        throw error
      }
    },
  )
