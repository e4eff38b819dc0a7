import { channelOfStream } from '@taskflow/shared/names.ts'
import type { Logger } from 'pino'
import { FollowedStream } from './followed-stream.ts'
import type { Timing } from './limits.ts'
import type { Membership } from './membership.ts'
import type { RedisLink } from './redis-link.ts'
import { RingSpace } from './ring.ts'

export type Subscriptions = ReturnType<typeof createSubscriptions>

interface SubscriptionsOptions {
  link: Pick<RedisLink, 'subscribe' | 'unsubscribe'>
  timing: Timing
  log: Logger
  hear: (stream: FollowedStream, message: string) => void
  left: (membership: Membership) => void
}

/** The streams that this node follows: one Redis subscription each, however many sockets listen. */
export function createSubscriptions({ link, timing, log, hear, left }: SubscriptionsOptions) {
  const streams = new Map<string, FollowedStream>()
  const space = new RingSpace()

  function follow(id: string): FollowedStream {
    const known = streams.get(id)
    if (known) return known
    const stream = new FollowedStream(id, space)
    streams.set(id, stream)
    stream.onLeft = left
    stream.listener = (message) => hear(stream, message)
    stream.subscribed = link.subscribe(channelOfStream(id), stream.listener)
    stream.subscribed.catch((error: unknown) => {
      log.warn({ err: error, stream: id }, 'could not subscribe')
      drop(stream)
    })
    return stream
  }

  /** Kept for a while after the last listener left: those who were cut off come back to it. */
  function dropUnused(now = Date.now()) {
    for (const stream of streams.values()) {
      stream.missedFrames.clear()
      if (stream.isUsed || now - stream.unusedSince < timing.keepUnusedStreamMs) stream.ring.dropOld(now)
      else drop(stream)
    }
  }

  function drop(stream: FollowedStream) {
    if (!streams.delete(stream.id)) return
    clearTimeout(stream.gapTimer)
    space.gone(stream.ring)
    link.unsubscribe(channelOfStream(stream.id), stream.listener).catch(() => {})
  }

  return {
    follow,
    dropUnused,
    find: (id: string) => streams.get(id),
    all: () => [...streams.values()],
    size: () => streams.size,
    ringBytes: () => space.bytes,
  }
}
