import { sweepFiles } from '../attachments/sweeping.ts'
import type { CoreDeps } from '../core-deps.ts'
import { countLeftBehind } from '../notifications/counting.ts'
import { wakeSnoozed } from '../notifications/snoozing.ts'
import { sweepReminders } from '../reminders/sweeping.ts'
import { emptyTrash } from '../tasks/emptying.ts'

export interface Schedule {
  name: string
  everySeconds: number
  /** May be run again after a crash. `slot` is the moment for which it runs. */
  run(deps: CoreDeps, slot: Date): Promise<void>
}

const MINUTE = 60
const HOUR = 3600
const DAY = 24 * HOUR
const ANSWERS_KEPT_MS = 2 * DAY * 1000
const DELIVERIES_KEPT_MS = 60 * DAY * 1000

const ago = ({ clock }: CoreDeps, ms: number) => new Date(clock.now() - ms)

/** Everything that happens by itself. All of it is listed here. */
export const schedules: Schedule[] = [
  {
    name: 'sessions.sweep',
    everySeconds: 10 * MINUTE,
    async run({ pool, clock }) {
      const now = [new Date(clock.now())]
      await pool.query('delete from auth_session where expires_at < $1', now)
      await pool.query('delete from auth_verification where expires_at < $1', now)
    },
  },
  {
    name: 'answers.forget',
    everySeconds: HOUR,
    async run(deps) {
      await deps.pool.query('select forget_answers($1)', [ago(deps, ANSWERS_KEPT_MS)])
    },
  },
  {
    name: 'files.sweep',
    everySeconds: 10 * MINUTE,
    async run(deps) {
      await sweepFiles(deps)
    },
  },
  { name: 'reminders.sweep', everySeconds: 20, run: sweepReminders },
  { name: 'inboxes.count', everySeconds: 1, run: countLeftBehind },
  {
    name: 'batches.forget',
    everySeconds: DAY,
    async run({ pool }) {
      await pool.query(`select forget_batches('60 days')`)
    },
  },
  { name: 'notifications.wake', everySeconds: 20, run: wakeSnoozed },
  {
    name: 'deliveries.forget',
    everySeconds: HOUR,
    async run(deps) {
      await deps.pool.query('select forget_deliveries($1)', [ago(deps, DELIVERIES_KEPT_MS)])
    },
  },
  { name: 'trash.empty', everySeconds: HOUR, run: emptyTrash },
]
