import type { Logger } from 'pino'
import { type Api, Gone, type Heads, type Page } from './api.ts'
import type { Fact } from './fact.ts'
import type { FollowedStream } from './followed-stream.ts'
import { FACTS_BEHIND_LIMIT, RING_LIMIT_BYTES } from './limits.ts'
import type { Revocations } from './revoking.ts'
import { sizeOf } from './ring.ts'

const PAGE_FACTS = 1_000
const TRIES = 4
const TRY_AGAIN_MS = 150
/** Readers who come back at the same time stand close together: the first one's question answers all. */
const MARGIN_FACTS = 256

/** `gone`: the position is not known any more; `far`: too far away for facts. */
type Reached = 'ok' | 'gone' | 'far' | 'failed'

interface Flight {
  epoch: string
  after: number
  landed: Promise<Reached>
}

export type CatchingUp = ReturnType<typeof createCatchingUp>

interface CatchingUpOptions {
  api: Api
  revocations: Revocations
  log: Logger
  accept: (stream: FollowedStream, fact: Fact) => void
  unpark: (stream: FollowedStream) => void
}

/** Fetches what is not in the ring: one question per stream at a time, shared by all who wait for it. */
export function createCatchingUp({ api, revocations, log, accept, unpark }: CatchingUpOptions) {
  const flying = new Map<FollowedStream, Flight>()
  const waiting = new Map<FollowedStream, Flight>()

  /** Afterwards the facts after `after` were seen, and those that fit are in the ring. */
  function cover(stream: FollowedStream, epoch: string, after: number): Promise<Reached> {
    const current = flying.get(stream)
    if (!current) return depart(stream, { epoch, after, landed: Promise.resolve('failed') })
    if (current.after <= after && current.epoch === epoch) return current.landed
    const next = waiting.get(stream)
    if (next && next.epoch === epoch) {
      next.after = Math.min(next.after, after)
      return next.landed
    }
    if (next) return next.landed.then(() => cover(stream, epoch, after))
    const flight: Flight = { epoch, after, landed: Promise.resolve('failed') }
    flight.landed = current.landed.then(() => {
      waiting.delete(stream)
      return depart(stream, flight)
    })
    waiting.set(stream, flight)
    return flight.landed
  }

  function depart(stream: FollowedStream, flight: Flight): Promise<Reached> {
    if (stream.epoch === null) flight.after = Math.max(0, flight.after - MARGIN_FACTS)
    flying.set(stream, flight)
    flight.landed = persist(stream, flight).finally(() => {
      if (flying.get(stream) === flight) flying.delete(stream)
    })
    return flight.landed
  }

  async function persist(stream: FollowedStream, flight: Flight): Promise<Reached> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS * 2 ** attempt).unref())
      try {
        return await fetchAll(stream, flight)
      } catch (error) {
        log.warn({ err: error, stream: stream.id }, 'could not catch up')
      }
    }
    return 'failed'
  }

  async function fetchAll(stream: FollowedStream, { epoch, after }: Flight): Promise<Reached> {
    const asked = stream.epoch ?? epoch
    const facts: Fact[] = []
    let bytes = 0
    let ownBytes = 0
    for (;;) {
      const at = after + facts.length
      let page
      try {
        page = await api.factsAfter(stream.id, asked, at, PAGE_FACTS)
      } catch (error) {
        if (!(error instanceof Gone)) throw error
        await ask([stream])
        return 'gone'
      }
      for (const fact of page.facts) {
        bytes += sizeOf(fact)
        if (fact.seq > stream.last) ownBytes += sizeOf(fact)
      }
      // What a ring does not hold nobody could be brought on by.
      const isMuch = bytes > RING_LIMIT_BYTES
      const isFar = (from: number, to = page.head) => to - from > FACTS_BEHIND_LIMIT
      if (stream.epoch === null && (isMuch || isFar(after))) stream.startAt(page.epoch, page.head)
      const missesMuch = page.head > stream.last && ownBytes > RING_LIMIT_BYTES
      if (stream.epoch === page.epoch && (missesMuch || isFar(stream.last))) leap(stream, page)
      if (isMuch || isFar(after, reachOf(stream, page.head))) return 'far'
      facts.push(...page.facts)
      const reached = after + facts.length
      if (page.facts.length === 0 || reached >= reachOf(stream, page.head)) break
    }
    merge(stream, asked, after, facts)
    return 'ok'
  }

  /** Up to where there is something to fetch: the ring has the rest, unless the stream itself is behind. */
  function reachOf(stream: FollowedStream, head: number) {
    return stream.epoch !== null && stream.last >= head && stream.ring.size > 0 ? stream.ringFrom - 1 : head
  }

  function merge(stream: FollowedStream, epoch: string, after: number, facts: Fact[]) {
    if (stream.epoch === null) stream.startAt(epoch, after)
    if (stream.epoch !== epoch) return
    const older = facts.filter((fact) => fact.seq < stream.ringFrom && fact.seq <= stream.last)
    for (const fact of older) revocations.learn(fact)
    if (after + older.length >= stream.ringFrom - 1) {
      stream.ring.prepend(older)
      stream.seenFrom = Math.min(stream.seenFrom, after + 1)
    }
    for (const fact of facts) accept(stream, fact)
    unpark(stream)
  }

  /** Compares where streams stand with what the API says; answers those that are behind. */
  async function ask(streams: FollowedStream[]): Promise<FollowedStream[]> {
    const heads = await api.heads(streams.map(({ id }) => id))
    return streams.filter((stream) => {
      const head = heads[stream.id]
      if (!head) return false
      if (stream.epoch === null) stream.startAt(head.epoch, head.seq)
      else if (stream.epoch !== head.epoch) restart(stream, head, 'the history of a stream was rewritten')
      unpark(stream)
      return head.seq > stream.last
    })
  }

  /** The node itself missed more than it would fetch. */
  function leap(stream: FollowedStream, { epoch, head }: Page) {
    restart(stream, { epoch, seq: head }, 'a stream was too far behind to catch up')
    unpark(stream)
  }

  /** The listeners cannot be brought on from what they hold, so they are made to come back and be told. */
  function restart(stream: FollowedStream, { epoch, seq }: Heads[string], reason: string) {
    log.warn({ stream: stream.id, epoch }, reason)
    stream.startAt(epoch, seq)
    for (const { peer } of [...stream.live]) peer.close('resync')
  }

  return { cover, ask }
}
