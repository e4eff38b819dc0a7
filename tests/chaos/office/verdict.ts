import { judgeInboxes } from './inboxes.ts'
import { judgeMessages } from './messages.ts'
import type { Office } from './office.ts'
import { untilQuiet } from './quiet.ts'
import { judgeSeries } from './series.ts'

/** After everything has come to rest: what each was told, against what is in the book. */
export async function judgeOffice(office: Office, slack: number, workerKills: number): Promise<string[]> {
  const ms = await untilQuiet(office, slack)
  await judgeSeries(office)
  const inboxes = await judgeInboxes(office)
  const messages = await judgeMessages(office, workerKills)
  const { duties, followed } = office.book
  const byWorkers = duties.filter(({ act }) => act === null).length
  return [
    `${duties.length} times somebody was to be told, ${byWorkers} of them by a worker; ${followed.length} tasks followed`,
    ...inboxes,
    ...messages,
    `Quiet ${Math.round(ms / 1000)} s after the last act; workers were killed ${workerKills} times`,
  ]
}
