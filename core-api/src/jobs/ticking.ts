import { setTimeout as delay } from 'node:timers/promises'
import type { CoreDeps } from '../core-deps.ts'
import { type Schedule, schedules as allSchedules } from './schedules.ts'

const LOOK_EVERY_MS = 1_000
/** A worker that says nothing for so long is dead: another one runs what it was at. */
const LEASE_MS = 30_000
const HOLD_EVERY_MS = 10_000
const ERROR_LIMIT = 500

const ENSURE = `
  insert into schedule as s (name, every_seconds, next_at)
  select name, every, $3 from unnest($1::text[], $2::int[]) as k (name, every)
  on conflict (name) do update set every_seconds = excluded.every_seconds,
    next_at = least(s.next_at, $3::timestamptz + make_interval(secs => excluded.every_seconds))
  where s.every_seconds <> excluded.every_seconds`

// The row is the tick: whoever moves next_at on runs it, and the next one is on the grid of whole periods. A clock that
// jumped ahead and came back leaves times that no worker sets; those of two workers are apart by less than a lease.
const CLAIM = `
  update schedule s set started_at = $2, running_until = $3, runs = runs + 1,
    next_at = case when s.next_at > $2 and not due.strayed then s.next_at else
      to_timestamp((floor(extract(epoch from $2::timestamptz) / every_seconds) + 1) * every_seconds) end
  from (
    select name, least(next_at, $2) as slot, strayed
    from schedule, lateral (
      select next_at > $3::timestamptz + make_interval(secs => every_seconds)
        or coalesce(running_until > $3::timestamptz + ($3::timestamptz - $2::timestamptz), false) as strayed
    ) clock
    where name = any($1) and ((running_until is null and next_at <= $2) or running_until <= $2 or strayed)
    for update of schedule skip locked
  ) due
  where s.name = due.name
  returning s.name, s.runs, iso(due.slot) as slot`

const HOLD =
  'update schedule set running_until = $2 where (name, runs) in (select * from unnest($1::text[], $3::bigint[]))'
const FINISH = `
  update schedule set finished_at = $2, running_until = null, last_error = $3 where name = $1 and runs = $4`

interface Tick {
  name: string
  runs: string
  slot: string
}

/** Runs each schedule once per tick, whichever of the workers comes first. */
export async function startTicking(deps: CoreDeps, schedules: Schedule[] = allSchedules) {
  const { pool, clock, log } = deps
  const byName = new Map(schedules.map((schedule) => [schedule.name, schedule]))
  const underWay = new Map<Tick, Promise<void>>()
  let looking: Promise<void> | undefined

  await pool.query(ENSURE, [
    [...byName.keys()],
    schedules.map(({ everySeconds }) => everySeconds),
    new Date(clock.now()),
  ])

  function look(): Promise<void> {
    return (looking ??= claim()
      .catch((error: unknown) => log.warn({ err: error }, 'the schedules could not be looked at'))
      .finally(() => (looking = undefined)))
  }

  async function claim(): Promise<void> {
    const now = clock.now()
    const { rows } = await pool.query<Tick>(CLAIM, [[...byName.keys()], new Date(now), new Date(now + LEASE_MS)])
    for (const tick of rows)
      underWay.set(
        tick,
        run(tick).finally(() => underWay.delete(tick)),
      )
  }

  async function run(tick: Tick): Promise<void> {
    const fault = await byName
      .get(tick.name)!
      .run(deps, new Date(tick.slot))
      .then(
        () => null,
        (error: unknown) => error,
      )
    if (fault) log.error({ err: fault, schedule: tick.name }, 'a schedule failed')
    const words = fault === null ? null : String((fault as Error).message ?? fault).slice(0, ERROR_LIMIT)
    await pool
      .query(FINISH, [tick.name, new Date(clock.now()), words, tick.runs])
      .catch((error: unknown) => log.warn({ err: error, schedule: tick.name }, 'the end of a run could not be noted'))
  }

  async function hold(): Promise<void> {
    const held = [...underWay.keys()]
    if (held.length === 0) return
    const values = [held.map(({ name }) => name), new Date(clock.now() + LEASE_MS), held.map(({ runs }) => runs)]
    await pool.query(HOLD, values).catch((error: unknown) => log.warn({ err: error }, 'schedules could not be held'))
  }

  const timers = [setInterval(() => void look(), LOOK_EVERY_MS), setInterval(() => void hold(), HOLD_EVERY_MS)]
  void look()

  return {
    /** Looks now, and waits until what was due has run. */
    async settled(): Promise<void> {
      await look()
      await Promise.all(underWay.values())
    },
    /** Starts nothing more; what is not done in time is left for others. */
    async stop(withinMs: number): Promise<void> {
      for (const timer of timers) clearInterval(timer)
      await looking
      const late = new AbortController()
      const done = Promise.all(underWay.values()).then(() => late.abort())
      await Promise.race([done, delay(withinMs, undefined, { signal: late.signal }).catch(() => {})])
    },
  }
}
