import type { Logger } from 'pino'
import { type Fact, readFact } from './fact.ts'
import type { FanOut } from './fan-out.ts'
import type { FollowedStream } from './followed-stream.ts'
import { PARKED_LIMIT_FACTS, type Timing } from './limits.ts'
import type { Metrics } from './metrics.ts'
import type { Revocations } from './revoking.ts'

interface AcceptingOptions {
  fanOut: FanOut
  revocations: Revocations
  metrics: Metrics
  timing: Timing
  log: Logger
  evict: (stream: FollowedStream, userIds: readonly string[]) => void
  fillGap: (stream: FollowedStream) => Promise<void>
  askEpoch: (stream: FollowedStream) => void
}

/** Turns what is published — at least once, in any order — into every fact once, in order. */
export function createAccepting(options: AcceptingOptions) {
  const { fanOut, revocations, metrics, timing, log, evict, fillGap, askEpoch } = options

  function hear(stream: FollowedStream, text: string) {
    const fact = readFact(text)
    if (fact?.stream !== stream.id) return log.warn({ stream: stream.id }, 'a message that is no fact of its stream')
    metrics.factsHeard.inc()
    if (stream.epoch === null) return park(stream, fact)
    if (fact.epoch !== stream.epoch) return askEpoch(stream)
    accept(stream, fact)
  }

  function accept(stream: FollowedStream, fact: Fact) {
    if (fact.seq <= stream.last) return
    if (fact.seq > stream.last + 1) {
      park(stream, fact)
      return watchGap(stream)
    }
    append(stream, fact)
    advance(stream)
  }

  function append(stream: FollowedStream, fact: Fact) {
    stream.parked.delete(fact.seq)
    const userIds = revocations.learn(fact)
    if (userIds.length > 0) {
      fanOut.flush(stream)
      evict(stream, userIds)
    }
    stream.ring.push(fact)
    stream.moveTo(fact.seq)
    if (stream.live.size > 0) fanOut.add(stream, fact.text)
  }

  function park(stream: FollowedStream, fact: Fact) {
    if (stream.parked.size < PARKED_LIMIT_FACTS) stream.parked.set(fact.seq, fact)
  }

  function advance(stream: FollowedStream) {
    for (let next = stream.parked.get(stream.last + 1); next; next = stream.parked.get(stream.last + 1)) {
      if (next.epoch !== stream.epoch) break
      append(stream, next)
    }
    if (stream.parked.size > 0) watchGap(stream)
  }

  /** Looks at all that is parked: for after a jump, not for each fact. */
  function unpark(stream: FollowedStream) {
    if (stream.parked.size === 0) return
    for (const [seq, { epoch }] of stream.parked) {
      if (seq <= stream.last || epoch !== stream.epoch) stream.parked.delete(seq)
    }
    advance(stream)
  }

  /** Another node's message may still be on its way; after a moment the API is asked instead. */
  function watchGap(stream: FollowedStream, patienceMs = timing.gapPatienceMs) {
    stream.gapTimer ??= setTimeout(async () => {
      if (stream.parked.size > 0) await fillGap(stream).catch(() => {})
      stream.gapTimer = undefined
      if (stream.parked.size > 0) watchGap(stream, Math.min(patienceMs * 2, 5_000))
    }, patienceMs)
  }

  return { hear, accept, unpark }
}
