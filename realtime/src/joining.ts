import type { JoinAnswer, JoinRequest, RenewRequest } from '@taskflow/shared/socket/up.ts'
import type { CatchingUp } from './catching-up.ts'
import type { FanOut } from './fan-out.ts'
import type { FollowedStream } from './followed-stream.ts'
import { eventsFrame, type Frame } from './frames.ts'
import { FACTS_BEHIND_LIMIT, FRAME_LIMIT_BYTES, STREAMS_PER_SOCKET, type Timing } from './limits.ts'
import { Membership } from './membership.ts'
import type { Peer } from './peer.ts'
import type { RedisLink } from './redis-link.ts'
import type { Revocations } from './revoking.ts'
import type { Subscriptions } from './subscriptions.ts'
import type { TicketClaims, Verifier } from './verifying.ts'

type Refusal = 'denied' | 'expired' | 'resync'

export type Joining = ReturnType<typeof createJoining>

interface JoiningOptions {
  verifier: Verifier
  revocations: Revocations
  subscriptions: Subscriptions
  catchingUp: CatchingUp
  fanOut: FanOut
  link: Pick<RedisLink, 'isChecked' | 'whenChecked'>
  timing: Timing
}

/** Questions to the API that one join may need, before a snapshot is the better way. */
const QUESTIONS = 4

export function createJoining(options: JoiningOptions) {
  const { verifier, revocations, subscriptions, catchingUp, fanOut, link, timing } = options

  async function join(peer: Peer, request: JoinRequest): Promise<JoinAnswer> {
    const ticket = await ticketFor(peer, request)
    if (typeof ticket === 'string') return refuse(request, ticket)
    const { size } = peer.memberships
    if (size >= STREAMS_PER_SOCKET && !peer.memberships.has(request.stream)) return refuse(request, 'denied')
    if (peer.closedBecause) return refuse(request, 'resync')
    const membership = new Membership(peer, subscriptions.follow(request.stream), ticket)
    const ended = new Promise<Refusal>((resolve) => (membership.onEnd = resolve))
    const patience = setTimeout(() => membership.end('resync'), timing.joinPatienceMs)
    const refusal = await Promise.race([bringOn(membership, request, ended), ended]).catch(() => 'resync' as const)
    clearTimeout(patience)
    membership.onEnd = null
    if (!refusal) return { stream: request.stream, ok: true, head: membership.stream.last }
    membership.end(refusal)
    return refuse(request, refusal)
  }

  /** While the other streams of one request were brought on, this one may have moved, or been lost again. */
  function asOfNow(peer: Peer, answer: JoinAnswer): JoinAnswer {
    if (!answer.ok) return answer
    const membership = peer.memberships.get(answer.stream)
    if (!membership?.isLive) return refuse(answer, 'resync')
    fanOut.flush(membership.stream)
    return { ...answer, head: membership.stream.last }
  }

  async function renew(peer: Peer, request: RenewRequest): Promise<JoinAnswer> {
    const ticket = await ticketFor(peer, request)
    if (typeof ticket === 'string') return refuse(request, ticket)
    const membership = peer.memberships.get(request.stream)
    if (!membership || ticket.acl + 1 < membership.stream.seenFrom) return refuse(request, 'expired')
    membership.acl = Math.max(membership.acl, ticket.acl)
    membership.expiresAt = Math.max(membership.expiresAt, ticket.exp * 1000)
    return { stream: request.stream, ok: true, head: membership.stream.last }
  }

  async function ticketFor(peer: Peer, { stream, ticket }: RenewRequest): Promise<TicketClaims | Refusal> {
    const claims = await verifier.ticket(ticket)
    if (claims === 'expired') return 'expired'
    if (claims === 'unavailable') return 'resync'
    if (claims === 'invalid' || claims.sub !== peer.userId || claims.stream !== stream) return 'denied'
    if (claims.acl < revocations.lowestValid(stream, peer.userId)) return 'denied'
    peer.goodUntil = Math.max(peer.goodUntil, claims.exp * 1000)
    return claims
  }

  /** Sends what was missed and lets the socket hear what comes; answers why not. */
  async function bringOn(membership: Membership, { epoch, after }: JoinRequest, ended: Promise<unknown>) {
    const { stream, peer } = membership
    let at = after
    await stream.subscribed
    for (let questions = 0; questions <= QUESTIONS;) {
      if (!link.isChecked()) await link.whenChecked(ended)
      if (membership.ended) return membership.ended
      if (stream.epoch === null) {
        questions++
        const reached = await catchingUp.cover(stream, epoch, Math.min(at, membership.acl))
        if (reached === 'failed') return 'resync'
        continue
      }
      const refusal = refusalNow(membership, epoch, at)
      if (refusal) return refusal
      if (membership.acl + 1 < stream.seenFrom) {
        questions++
        // Facts that nobody here has seen may have revoked this ticket.
        const reached = await catchingUp.cover(stream, epoch, membership.acl)
        if (reached === 'gone' || reached === 'far') return 'expired'
        if (reached !== 'ok') return 'resync'
        continue
      }
      if (at > stream.last) {
        questions++
        await stream.reaches(at, timing.gapPatienceMs)
        if (at > stream.last) await catchingUp.cover(stream, epoch, stream.last)
        if (at > stream.last) return 'resync'
        continue
      }
      fanOut.flush(stream)
      if (at === stream.last) {
        membership.goLive()
        return null
      }
      const missed = stream.ring.after(at, FRAME_LIMIT_BYTES)
      if (missed) {
        const to = missed.at(-1)!.seq
        const frame = frameFor(stream, at, to, () => missed.map(({ text }) => text))
        at = to
        if (at < stream.last) await peer.written(frame)
        else peer.write(frame)
        continue
      }
      questions++
      const reached = await catchingUp.cover(stream, epoch, at)
      if (reached !== 'ok') return 'resync'
    }
    return 'resync'
  }

  function refusalNow({ stream, peer, acl }: Membership, epoch: string, at: number): Refusal | null {
    if (epoch !== stream.epoch) return 'resync'
    const lowestValid = revocations.lowestValid(stream.id, peer.userId)
    if (acl < lowestValid) return 'denied'
    // Shut out and let in again: the facts between are not theirs.
    if (at < lowestValid) return 'resync'
    return stream.last - at > FACTS_BEHIND_LIMIT ? 'resync' : null
  }

  return { join, asOfNow, renew }
}

/** Many come back to the same place at once: what they missed is put into a frame once. */
function frameFor(stream: FollowedStream, after: number, to: number, envelopes: () => string[]): Frame {
  const key = `${after}-${to}`
  const frame = stream.missedFrames.get(key) ?? eventsFrame(envelopes())
  if (stream.missedFrames.size < 16) stream.missedFrames.set(key, frame)
  return frame
}

const refuse = ({ stream }: { stream: string }, code: Refusal): JoinAnswer => ({ stream, ok: false, code })
