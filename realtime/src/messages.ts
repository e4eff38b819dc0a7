import { JoinRequest, PresenceUpdate, RenewRequest } from '@taskflow/shared/socket/up.ts'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Joining } from './joining.ts'
import { STREAMS_PER_SOCKET } from './limits.ts'
import type { Metrics } from './metrics.ts'
import type { ClientSocket, Peer } from './peer.ts'
import type { Presence } from './presence.ts'

const Joins = z.array(JoinRequest).max(STREAMS_PER_SOCKET)
const Renewals = z.array(RenewRequest).max(STREAMS_PER_SOCKET)
const Leaves = z.array(z.string().max(64)).max(STREAMS_PER_SOCKET)

type Answer = (payload: unknown) => Promise<unknown> | unknown

interface MessagesOptions {
  joining: Joining
  presence: Presence
  metrics: Metrics
  log: Logger
}

/** What a socket may say: checked, limited, answered by its ack. */
export function createMessages({ joining, presence, metrics, log }: MessagesOptions) {
  async function join(peer: Peer, payload: unknown, answered: () => void) {
    const requests = Joins.parse(payload)
    if (!peer.messages.take(requests.length)) return peer.close('rate')
    const joined = await Promise.all(requests.map((request) => joining.join(peer, request)))
    const answers = joined.map((answer) => joining.asOfNow(peer, answer))
    for (const answer of answers) metrics.joins.inc({ result: answer.ok ? 'ok' : answer.code })
    queueMicrotask(answered)
    return answers
  }

  async function renew(peer: Peer, payload: unknown) {
    const requests = Renewals.parse(payload)
    if (!peer.messages.take(requests.length)) return peer.close('rate')
    return Promise.all(requests.map((request) => joining.renew(peer, request)))
  }

  function leave(peer: Peer, payload: unknown) {
    for (const stream of Leaves.parse(payload)) peer.memberships.get(stream)?.end('resync')
    return { ok: true }
  }

  function update(peer: Peer, payload: unknown) {
    const { stream, state } = PresenceUpdate.parse(payload)
    const membership = peer.memberships.get(stream)
    if (membership?.isLive) presence.set(membership, state)
  }

  const greet = (peer: Peer, payload: unknown) => {
    for (const { stream } of payload as JoinRequest[]) {
      const membership = peer.memberships.get(stream)
      if (membership?.isLive) presence.greet(membership)
    }
  }

  const answers: Record<string, (peer: Peer) => Answer> = {
    join: (peer) => (payload) => join(peer, payload, () => greet(peer, payload)),
    renew: (peer) => (payload) => renew(peer, payload),
    leave: (peer) => (payload) => leave(peer, payload),
    presence: (peer) => (payload) => update(peer, payload),
  }

  return function listen(socket: ClientSocket, peer: Peer) {
    socket.onAny(async (event: string, ...args: unknown[]) => {
      if (peer.closedBecause) return
      if (!peer.messages.take()) return peer.close('rate')
      const ack = args.at(-1)
      const reply = (answer: unknown) => typeof ack === 'function' && answer !== undefined && ack(answer)
      const answerTo = Object.hasOwn(answers, event) ? answers[event]!(peer) : undefined
      try {
        if (!answerTo) return reply({ ok: false, code: 'unknown' })
        reply(await answerTo(args[0]))
      } catch (error) {
        if (error instanceof z.ZodError) return reply({ ok: false, code: 'invalid', errors: fieldErrors(error) })
        log.error({ err: error, event, socket: peer.id }, 'a message could not be answered')
        reply({ ok: false, code: 'failed' })
      }
    })
  }
}

const fieldErrors = (error: z.ZodError) =>
  error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message }))
