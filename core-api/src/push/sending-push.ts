import type { CoreDeps } from '../core-deps.ts'
import { read, write } from '../context.ts'
import type { OutgoingMessage } from '../deliveries/outgoing-message.ts'
import type { NotSent, Outcome } from '../deliveries/senders.ts'
import type { Actor } from '../http/authenticate.ts'
import { UnsafeAddress } from '../http/safe-fetch.ts'
import { unseal } from '../lib/sealing.ts'
import { sentenceOf, subjectOf, urlOf } from '../mail/notification-mails.ts'
import { findUnread } from '../mail/unread.queries.ts'
import { languageOf } from '../mail/words.ts'
import { getPushKey } from './push-key.ts'
import { pushServiceOf } from './push-services.ts'
import { PUSH_LABEL } from './subscribing.ts'

const WITHIN_MS = 15_000
const READ_AT_MOST = 8 * 1024
/** How long a push service keeps a message for a device that is off. */
const KEPT_SECONDS = 24 * 3600
/** The browser has dropped the subscription: nothing will ever arrive there again. */
const DROPPED = new Set([404, 410])
const WORTHLESS = new Set([400, 401, 403, 413])

interface Target {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

/** What the service worker shows. */
interface Shown {
  title: string
  body: string
  url: string
  tag: string
}

export async function sendPush(deps: CoreDeps, message: OutgoingMessage, signal: AbortSignal): Promise<Outcome> {
  const person: Actor = { kind: 'user', id: message.userId!, name: '' }
  const target = await findTarget(deps, person, message.targetId!)
  if (!target) return { status: 'suppressed', reason: 'the device is gone' }
  const shown = await compose(deps, message)
  if ('status' in shown) return shown
  try {
    const { url, ...request } = await encrypt(deps, target, shown)
    const limits = { withinMs: WITHIN_MS, atMostBytes: READ_AT_MOST, signal }
    const { status, body } = await deps.outbound.fetch(url, { ...request, ...limits })
    if (status >= 200 && status < 300) return { status: 'sent', answer: { status } }
    if (DROPPED.has(status)) await drop(deps, person, message.targetId!)
    const error = `answered ${status}: ${body.toString('utf8').slice(0, 300).replaceAll('\0', '').toWellFormed()}`
    return { status: 'failed', error, permanent: DROPPED.has(status) || WORTHLESS.has(status), answer: { status } }
  } catch (error) {
    if (!(error instanceof UnsafeAddress)) throw error
    return { status: 'failed', error: error.message, permanent: true }
  }
}

async function findTarget(deps: CoreDeps, person: Actor, id: string): Promise<Target | null> {
  const [row] = await read(deps, person, ({ tx }) =>
    tx.sql<{ sealed: string }>('select sealed from push_subscription where id = $1 and user_id = $2', [id, person.id]),
  )
  return row ? (JSON.parse(unseal(deps.config, PUSH_LABEL, row.sealed)) as Target) : null
}

async function compose(deps: CoreDeps, message: OutgoingMessage): Promise<Shown | NotSent> {
  if (message.purpose !== 'notification') return message.payload as Shown
  const asked = await findUnread(deps, message)
  if ('status' in asked) return asked
  const [news] = asked.unread
  return {
    title: subjectOf(news!),
    body: sentenceOf(languageOf(asked.recipient.locale), news!),
    url: urlOf(deps.config, news!),
    tag: news!.id,
  }
}

/** As RFC 8291 and RFC 8292 say; sent by us, for the library would go wherever a name leads. */
async function encrypt(deps: CoreDeps, target: Target, shown: Shown) {
  if (!pushServiceOf(target.endpoint)) throw new UnsafeAddress('is not of a push service that is known')
  const { default: webPush } = await import('web-push')
  const vapidDetails = { subject: subjectOfInstallation(deps), ...(await getPushKey(deps)) }
  const details = webPush.generateRequestDetails(target, JSON.stringify(shown), { vapidDetails, TTL: KEPT_SECONDS })
  const headers = Object.fromEntries(Object.entries(details.headers).map(([name, value]) => [name, String(value)]))
  return { url: details.endpoint, method: details.method, headers, body: details.body }
}

/** Whom a push service writes to when we misbehave. */
function subjectOfInstallation({ config: { publicUrl, mailFrom } }: CoreDeps): string {
  if (publicUrl.startsWith('https:')) return publicUrl
  return `mailto:${/<([^<>]+)>/.exec(mailFrom)?.[1] ?? mailFrom}`
}

async function drop(deps: CoreDeps, person: Actor, id: string): Promise<void> {
  await write(deps, { actor: person }, async (ctx) => {
    ctx.tx.later('delete from push_subscription where id = $1', [id])
    return { status: 204 }
  })
}
