import type { FollowedStream } from './followed-stream.ts'
import { eventsFrame, type Frame } from './frames.ts'
import { FRAME_LIMIT_BYTES } from './limits.ts'
import type { Metrics } from './metrics.ts'

/** After a round the loop rests for this share of its cost, so that under load rounds get larger, not more. */
const REST = 0.5
const LONGEST_REST_MS = 20

export type FanOut = ReturnType<typeof createFanOut>

/** Sends at once when idle; what comes during a round and the rest after it leaves as one frame per socket. */
export function createFanOut(metrics: Metrics) {
  const dirty = new Set<FollowedStream>()
  let scheduled = false
  let restUntil = 0

  function schedule() {
    scheduled = true
    const rest = restUntil - performance.now()
    if (rest <= 0) queueMicrotask(round)
    else if (rest < 1) setImmediate(round)
    else setTimeout(round, rest)
  }

  function round() {
    scheduled = false
    const startedAt = performance.now()
    for (const stream of dirty) flush(stream)
    const endedAt = performance.now()
    restUntil = endedAt + Math.min((endedAt - startedAt) * REST, LONGEST_REST_MS)
  }

  function flush(stream: FollowedStream) {
    dirty.delete(stream)
    if (stream.outbox.length === 0) return
    const envelopes = stream.outbox
    stream.outbox = []
    for (const part of partsOf(envelopes)) send(stream, eventsFrame(part), part.length)
  }

  function send(stream: FollowedStream, frame: Frame, facts: number) {
    const sockets = stream.live.size
    for (const { peer } of stream.live) peer.write(frame)
    metrics.factsSent.inc(facts)
    metrics.framesSent.inc(sockets)
    metrics.bytesSent.inc(frame.bytes * sockets)
  }

  return {
    add(stream: FollowedStream, envelope: string) {
      stream.outbox.push(envelope)
      dirty.add(stream)
      if (!scheduled) schedule()
    },
    /** Now, because something must come after what is waiting. */
    flush,
  }
}

function partsOf(envelopes: string[]): string[][] {
  let bytes = 0
  const parts: string[][] = []
  for (const envelope of envelopes) {
    bytes += envelope.length
    if (parts.length === 0 || bytes > FRAME_LIMIT_BYTES) {
      parts.push([])
      bytes = envelope.length
    }
    parts.at(-1)!.push(envelope)
  }
  return parts
}
