import type { CatchingUp } from './catching-up.ts'
import type { FanOut } from './fan-out.ts'
import type { FollowedStream } from './followed-stream.ts'
import { messageFrame } from './frames.ts'
import type { Timing } from './limits.ts'
import type { Peer } from './peer.ts'
import type { RedisLink } from './redis-link.ts'
import type { Subscriptions } from './subscriptions.ts'

const SLICES = 30
const STREAMS_PER_QUESTION = 1_000

export type Heads = ReturnType<typeof createHeads>

interface HeadsOptions {
  peers: ReadonlySet<Peer>
  link: Pick<RedisLink, 'isLive' | 'isChecked'>
  fanOut: FanOut
  catchingUp: CatchingUp
  subscriptions: Subscriptions
  timing: Timing
}

/** Tells each socket where its streams stand, and asks the API whether that is still true. */
export function createHeads({ peers, link, fanOut, catchingUp, subscriptions, timing }: HeadsOptions) {
  let slice = 0
  let timers: NodeJS.Timeout[] = []

  function send(peer: Peer) {
    const heads: Record<string, number> = {}
    let some = false
    for (const { stream, isLive } of peer.memberships.values()) {
      if (!isLive) continue
      // A head above what was sent would look like a lost fact.
      fanOut.flush(stream)
      heads[stream.id] = stream.last
      some = true
    }
    if (some) peer.write(messageFrame('heads', heads))
  }

  /** Each turn a thirtieth of the sockets, so that there is no beat of all at once. */
  function sendToSlice() {
    slice = (slice + 1) % SLICES
    if (!link.isLive()) return
    for (const peer of peers) if (peer.slot % SLICES === slice) send(peer)
  }

  async function check(): Promise<void> {
    const known = subscriptions.all().filter(({ epoch }) => epoch !== null)
    for (let from = 0; from < known.length; from += STREAMS_PER_QUESTION) {
      const behind = await catchingUp.ask(known.slice(from, from + STREAMS_PER_QUESTION))
      await Promise.all(behind.map(fetchLost))
    }
  }

  /** What was committed just now may still be on its way through Redis. */
  async function fetchLost(stream: FollowedStream) {
    const { last } = stream
    await stream.reaches(last + 1, timing.gapPatienceMs)
    if (stream.last === last && stream.epoch !== null) await catchingUp.cover(stream, stream.epoch, last)
  }

  return {
    check,
    sendToAll() {
      for (const peer of peers) send(peer)
    },
    start() {
      timers = [
        setInterval(sendToSlice, timing.headsEveryMs / SLICES),
        setInterval(() => link.isChecked() && void check().catch(() => {}), timing.checkHeadsEveryMs),
      ]
    },
    close() {
      for (const timer of timers) clearInterval(timer)
    },
  }
}
