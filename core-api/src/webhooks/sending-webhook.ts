import type { WebhookAnswer } from '@taskflow/shared/dto/webhook.ts'
import type { CoreDeps } from '../core-deps.ts'
import type { OutgoingMessage } from '../deliveries/outgoing-message.ts'
import type { Outcome } from '../deliveries/senders.ts'
import { type SafeAnswer, UnsafeAddress } from '../http/safe-fetch.ts'
import { noteFailure, noteSuccess } from './health.ts'
import { type Composed, composeGeneric, composeSlack } from './messages.ts'
import { findReceiver, type Receiver } from './receivers.ts'
import { signedHeaders } from './signing.ts'

const WITHIN_MS = 15_000
const READ_AT_MOST = 64 * 1024
const KEPT_OF_ANSWER = 1_000
const GONE = 410
const LONGEST_WAIT_MS = 24 * 3600_000

type Compose = (deps: CoreDeps, message: OutgoingMessage) => Promise<Composed>

const sendBy = (compose: Compose) => async (deps: CoreDeps, message: OutgoingMessage, signal: AbortSignal) => {
  const receiver = await findReceiver(deps, message)
  if (!receiver) return suppressed('it is gone')
  const { webhook } = receiver
  if (webhook && !webhook.enabled && message.purpose !== 'test') return suppressed('it is switched off')
  const composed = await compose(deps, message)
  if ('status' in composed) return composed
  const outcome = await post(deps, receiver, { id: message.id, body: JSON.stringify(composed.body) }, signal)
  if (webhook && message.purpose !== 'test') await note(deps, webhook, outcome)
  return outcome
}

export const sendWebhook = sendBy(composeGeneric)
export const sendSlack = sendBy(composeSlack)

const suppressed = (reason: string): Outcome => ({ status: 'suppressed', reason })

async function post(
  deps: CoreDeps,
  { url, secrets }: Receiver,
  { id, body }: { id: string; body: string },
  signal: AbortSignal,
): Promise<Outcome & { answer?: WebhookAnswer }> {
  const at = new Date(deps.clock.now())
  const began = performance.now()
  const log = (status: number | null, said: string): WebhookAnswer => ({
    status,
    body: said.slice(0, KEPT_OF_ANSWER).replaceAll('\0', '').toWellFormed(),
    durationMs: Math.round(performance.now() - began),
    at: at.toISOString(),
  })
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': 'Taskflow-Webhooks',
    ...signedHeaders(secrets, { id, at, body }),
  }
  try {
    const limits = { withinMs: WITHIN_MS, atMostBytes: READ_AT_MOST, signal }
    const answer = await deps.outbound.fetch(url, { method: 'POST', headers, body, ...limits })
    return toOutcome(answer, log(answer.status, answer.body.toString('utf8')), at)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    return { status: 'failed', error: words, permanent: error instanceof UnsafeAddress, answer: log(null, '') }
  }
}

function toOutcome({ status, headers }: SafeAnswer, answer: WebhookAnswer, at: Date) {
  if (status >= 200 && status < 300) return { status: 'sent' as const, answer }
  const error = `answered ${status}${answer.body && `: ${answer.body.slice(0, 300)}`}`
  const failed = { status: 'failed' as const, error, permanent: status === GONE, answer }
  const retryAt = toTime(headers['retry-after'], at)
  return retryAt ? { ...failed, retryAt } : failed
}

/** `Retry-After`, in seconds or as a date; longer than a day nobody waits. */
function toTime(header: string | undefined, at: Date): Date | undefined {
  if (header === undefined) return undefined
  const wanted = /^\d{1,9}$/.test(header) ? at.getTime() + Number(header) * 1000 : Date.parse(header)
  if (Number.isNaN(wanted)) return undefined
  return new Date(Math.min(wanted, at.getTime() + LONGEST_WAIT_MS))
}

async function note(
  deps: CoreDeps,
  webhook: NonNullable<Receiver['webhook']>,
  outcome: Outcome & { answer?: WebhookAnswer },
): Promise<void> {
  if (outcome.status === 'sent') return noteSuccess(deps, webhook)
  await noteFailure(deps, webhook, outcome.answer?.status === GONE)
}
