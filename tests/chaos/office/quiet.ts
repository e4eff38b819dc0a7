import { userStream } from '@taskflow/shared/names.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { query } from './database.ts'
import type { Office } from './office.ts'

/** What a killed worker held is free after half a minute, and what failed meanwhile is tried again after as long. */
const QUIET_WITHIN_MS = 240_000
const LOOK_EVERY_MS = 500

const LEFT = `
  select (select count(*)::int from delivery where status in ('queued', 'sending')) as messages,
    (select count(*)::int from reminder where fired_at is null and at < now() + interval '1 minute') as reminders,
    (select count(*)::int from inbox_dirty) as counts,
    (select count(*)::int from pgboss.job where state < 'completed'
      and name in ('notifications.tell', 'recurrence.follow')) as jobs`
const HEADS = `select id, seq::int from stream where id = any($1)`

/** Waits until nothing is under way any more, and everybody has heard all that there is. */
export async function untilQuiet(office: Office, slack: number): Promise<number> {
  const start = Date.now()
  for (const until = start + QUIET_WITHIN_MS * slack; ; await delay(LOOK_EVERY_MS)) {
    const left = await listLeft(office)
    if (left.length === 0) return Date.now() - start
    if (Date.now() > until) {
      office.ledger.fault(`Not everything was told: ${left.join(', ')}`)
      return Date.now() - start
    }
  }
}

async function listLeft({ databaseUrl, people, ears }: Office): Promise<string[]> {
  const [left] = await query<Record<string, number>>(databaseUrl, LEFT)
  const kinds = Object.entries(left!).filter(([, count]) => count > 0)
  if (kinds.length > 0) return kinds.map(([kind, count]) => `${count} ${kind}`)
  const streams = people.map(({ userId }) => userStream(userId))
  const heads = await query<{ id: string; seq: number }>(databaseUrl, HEADS, [streams])
  return heads.flatMap(({ id, seq }) => {
    const heard = ears[streams.indexOf(id)]!.seqOf(id)
    return heard < seq ? [`${id} is at ${heard} of ${seq}`] : []
  })
}
