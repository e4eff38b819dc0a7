import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import { DEFAULT_CHANNELS } from '../../../core-api/src/preferences/preferences.ts'
import { channels } from '../../../core-api/src/deliveries/senders.ts'
import { readAll } from '../verdict.ts'
import type { Duty } from './book.ts'
import { query } from './database.ts'
import { HOOKED, type Office } from './office.ts'

const FAILED = `select kind, purpose, last_error as error from delivery where status = 'failed'`

/** What was due has arrived; what arrived twice did so under one name, and only where a worker died over it. */
export async function judgeMessages(office: Office, workerKills: number): Promise<string[]> {
  const { databaseUrl, ledger, outside } = office
  for (const { kind, purpose, error } of await query<{ kind: string; purpose: string; error: string }>(
    databaseUrl,
    FAILED,
  )) {
    ledger.fault(`A message (${kind}, ${purpose}) was given up: ${error}`)
  }
  judgeMails(office)
  const calls = outside.receiver.received.map(toCall)
  await judgeFacts(office, calls)
  judgeOwn(office, calls)
  const mailIds = outside.mailbox.received.map(({ headers }) => headers['message-id']!)
  return [
    demandFewTwice(office, 'mails', mailIds, channels.email!.concurrency * workerKills),
    demandFewTwice(
      office,
      'webhook calls',
      calls.map(({ id }) => id),
      channels.webhook!.concurrency * workerKills,
    ),
  ]
}

/** No more mails than reasons for one; and whatever is still unread was mailed after it happened. */
function judgeMails({ book, people, ledger, outside }: Office) {
  const mails = Map.groupBy(
    outside.mailbox.received.filter(({ headers }) => headers['in-reply-to']),
    ({ to, headers }) => `${to} ${/task\.([0-9a-f-]+)/.exec(headers['in-reply-to']!)![1]}`,
  )
  for (const { userId, email, name } of people) {
    const mailed = book.duties.filter((duty) => duty.userId === userId && DEFAULT_CHANNELS[duty.reason].email)
    for (const [taskId, duties] of Map.groupBy(mailed, (duty) => duty.taskId)) {
      const got = mails.get(`${email} ${taskId}`) ?? []
      mails.delete(`${email} ${taskId}`)
      const ids = new Set(got.map(({ headers }) => headers['message-id']))
      if (ids.size > duties.length)
        ledger.fault(`${name} got ${ids.size} mails for ${duties.length} reasons: ${taskId}`)
      const last = duties.at(-1)!
      if (!last.isRead && !got.some(({ at }) => at >= last.at)) ledger.fault(`${name} got no mail: ${sayDuty(last)}`)
    }
  }
  const mine = (pair: string) => book.taskIds.has(pair.split(' ')[1]!)
  for (const pair of mails.keys()) if (mine(pair)) ledger.fault(`A mail for no reason: ${pair}`)
}

/** The workspace's webhook hears of each fact of the wanted kinds, under one id. */
async function judgeFacts({ boardId, people, ledger }: Office, calls: Call[]) {
  const facts = (await readAll(people[0]!, boardStream(boardId))).filter(({ type }) => HOOKED.includes(type))
  const here = calls.filter(({ path, body }) => path === '/hook' && body.boardId === boardId)
  const byFact = Map.groupBy(here, ({ body }) => body.txn)
  for (const { txn, type, seq } of facts as Envelope[]) {
    const ids = new Set(byFact.get(txn)?.map(({ id }) => id))
    byFact.delete(txn)
    if (ids.size !== 1) ledger.fault(`${type} ${seq} reached the webhook under ${ids.size} ids`)
  }
  if (byFact.size > 0) ledger.fault(`The webhook heard of ${byFact.size} facts that are not there`)
}

/** Whoever never reads is called once for each time that they are told. */
function judgeOwn({ book, idler, ledger }: Office, calls: Call[]) {
  const duties = Map.groupBy(
    book.duties.filter(({ userId }) => userId === idler.userId),
    ({ taskId }) => taskId,
  )
  const own = Map.groupBy(
    calls.filter(({ path, body }) => path === '/hook/own' && book.taskIds.has(body.data.taskId!)),
    ({ body }) => body.data.taskId!,
  )
  for (const taskId of new Set([...duties.keys(), ...own.keys()])) {
    const [owed, ids] = [duties.get(taskId)?.length ?? 0, new Set(own.get(taskId)?.map(({ id }) => id))]
    if (ids.size !== owed) ledger.fault(`${idler.name} was called under ${ids.size} ids for ${owed} acts: ${taskId}`)
  }
}

function demandFewTwice({ ledger }: Office, what: string, ids: string[], allowed: number): string {
  const once = new Set(ids).size
  const again = ids.length - once
  if (again > allowed) ledger.fault(`${again} ${what} came again, where ${allowed} may have`)
  return `${once} ${what}, ${again} of them came again`
}

interface Call {
  path: string
  id: string
  body: { txn?: string; boardId?: string | null; data: { taskId?: string } }
}

const toCall = ({ path, headers, body }: { path: string; headers: object; body: string }): Call => ({
  path,
  id: (headers as Record<string, string>)['webhook-id']!,
  body: JSON.parse(Buffer.from(body, 'latin1').toString()) as Call['body'],
})

const sayDuty = ({ reason, taskId }: Duty) => `${reason}, ${taskId}`
