import type { InboxState } from '@taskflow/shared/dto/notification.ts'
import { applyInboxEvent, latestFirst } from '@taskflow/shared/inbox/apply-event.ts'
import { userStream } from '@taskflow/shared/names.ts'
import { isDeepStrictEqual } from 'node:util'
import { judgeStream, readAll } from '../verdict.ts'
import { query } from './database.ts'
import { listInbox } from './inbox.ts'
import type { Office } from './office.ts'

const ROWS = `
  select user_id as "userId", task_id as "taskId", unread_count as unread from notification where task_id = any($1)`
const FACTS = `
  select substr(stream, 3) as "userId", data ->> 'taskId' as "taskId", mutation from event
  where stream like 'u:%' and type = 'notification.created' and data ->> 'taskId' = any($1)`
const GAPS = `
  select stream, count(*)::int as facts, max(seq)::int as last from event where stream like 'u:%'
  group by stream having count(*) <> max(seq) or min(seq) <> 1`
const UNTOLD = `
  select count(*)::int as count from reminder r where own and fired_at is null and at <= now()`

interface OfOne {
  userId: string
  taskId: string
}

/** One row per person and task, as unread as it was told since it was read; one fact for each act, and no other. */
export async function judgeInboxes(office: Office): Promise<string[]> {
  const { databaseUrl, book, ledger } = office
  const taskIds = [...book.taskIds]
  const rows = Map.groupBy(await query<OfOne & { unread: number }>(databaseUrl, ROWS, [taskIds]), pairOf)
  const facts = Map.groupBy(await query<OfOne & { mutation: string | null }>(databaseUrl, FACTS, [taskIds]), pairOf)
  const duties = Map.groupBy(book.duties, pairOf)
  for (const pair of new Set([...duties.keys(), ...rows.keys(), ...facts.keys()])) {
    const owed = duties.get(pair) ?? []
    const expected = owed.map(({ act }) => act ?? '').toSorted()
    const told = (facts.get(pair) ?? []).map(({ mutation }) => mutation ?? '').toSorted()
    if (!isDeepStrictEqual(told, expected)) {
      const reasons = owed.map(({ reason }) => reason).join()
      ledger.fault(
        `${say(office, pair)}: told ${told.length} times of ${expected.length} (${reasons}): ${differ(told, expected)}`,
      )
    }
    const unread = (rows.get(pair) ?? []).map((row) => row.unread)
    const left = owed.filter(({ isRead }) => !isRead).length
    if (!isDeepStrictEqual(unread, [left]))
      ledger.fault(`${say(office, pair)}: unread are ${unread.join()}, not ${left}`)
  }
  for (const { stream, facts: count, last } of await query<{ stream: string; facts: number; last: number }>(
    databaseUrl,
    GAPS,
  )) {
    ledger.fault(`${stream} has ${count} facts up to ${last}`)
  }
  const [untold] = await query<{ count: number }>(databaseUrl, UNTOLD)
  if (untold!.count > 0) ledger.fault(`${untold!.count} reminders never went off`)
  const heard = await judgeEars(office)
  return [`${duties.size} notifications of ${book.duties.length} acts; ${heard} facts in the streams of four people`]
}

/** Everybody heard their stream as it stands, and it tells the whole of their inbox. */
async function judgeEars({ ask, ledger, people, ears }: Office): Promise<number> {
  let heard = 0
  for (const [i, person] of people.entries()) {
    const stream = userStream(person.userId)
    const facts = await readAll(person, stream)
    judgeStream({ reader: ears[i]!, ledger }, stream, facts)
    const told = facts.reduce<InboxState>(applyInboxEvent, { items: [], unread: 0 })
    const { items, unread } = await listInbox(ask, person)
    if (told.unread !== unread) ledger.fault(`${person.name} was told of ${told.unread} unread, and ${unread} are`)
    if (!isDeepStrictEqual(told.items, items.toSorted(latestFirst))) {
      ledger.fault(`${person.name}'s inbox is not what they were told`)
    }
    heard += facts.length
  }
  return heard
}

const pairOf = ({ userId, taskId }: OfOne) => `${userId} ${taskId}`

function say({ people }: Office, pair: string): string {
  const [userId, taskId] = pair.split(' ')
  return `${people.find((person) => person.userId === userId)?.name ?? 'A watcher'} about ${taskId}`
}

function differ(told: string[], expected: string[]): string {
  const missing = expected.filter((one) => !told.includes(one))
  const tooMuch = told.filter((one) => !expected.includes(one))
  return `missing ${missing.join() || 'none'}, too much ${tooMuch.join() || 'none'}`
}
