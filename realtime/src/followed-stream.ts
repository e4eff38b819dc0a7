import type { Fact } from './fact.ts'
import type { Frame } from './frames.ts'
import type { Membership } from './membership.ts'
import { Ring, type RingSpace } from './ring.ts'

/** What the node knows of one stream that somebody here listens to. */
export class FollowedStream {
  readonly id: string
  readonly ring: Ring
  /** Unknown until the API has been asked once; `last` and `seenFrom` mean nothing before. */
  epoch: string | null = null
  /** Every fact up to here has been passed on, in order. */
  last = 0
  /** Every fact from here to `last` was looked at for revocations. */
  seenFrom = 1

  /** Who gets each new fact. */
  readonly live = new Set<Membership>()
  /** Who is being brought on. */
  readonly joining = new Set<Membership>()
  /** Passed on at the end of this turn. */
  outbox: string[] = []
  /** Heard too early: something before them is missing. */
  readonly parked = new Map<number, Fact>()
  gapTimer: NodeJS.Timeout | undefined
  unusedSince = Date.now()
  subscribed: Promise<void> = Promise.resolve()
  /** Frames for those who miss the same facts, by `after`-`to`. */
  readonly missedFrames = new Map<string, Frame>()
  listener: (message: string) => void = () => {}
  onLeft: (membership: Membership) => void = () => {}
  #awaited: { seq: number; reached: () => void }[] = []

  constructor(id: string, space: RingSpace) {
    this.id = id
    this.ring = new Ring(space)
  }

  /** The oldest fact at hand; the one after `last` when there is none. */
  get ringFrom(): number {
    return this.ring.oldest || this.last + 1
  }

  get isUsed(): boolean {
    return this.live.size + this.joining.size > 0
  }

  startAt(epoch: string, seq: number): void {
    this.epoch = epoch
    this.last = seq
    this.seenFrom = seq + 1
    this.ring.clear()
    this.outbox = []
    this.missedFrames.clear()
  }

  moveTo(seq: number): void {
    this.last = seq
    if (this.#awaited.length === 0) return
    for (const { reached } of this.#awaited.filter((waiter) => waiter.seq <= seq)) reached()
    this.#awaited = this.#awaited.filter((waiter) => waiter.seq > seq)
  }

  /** Resolves when the stream has come to `seq`, or after `patienceMs`. */
  reaches(seq: number, patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const waiter = { seq, reached: resolve }
      this.#awaited.push(waiter)
      setTimeout(() => {
        this.#awaited = this.#awaited.filter((other) => other !== waiter)
        resolve()
      }, patienceMs).unref()
    })
  }
}
