import type { Fact } from './fact.ts'
import { ALL_RINGS_LIMIT_BYTES, RING_LIMIT_AGE_MS, RING_LIMIT_BYTES, RING_LIMIT_FACTS } from './limits.ts'

/** A character takes one byte in most facts, and an entry its own objects besides. */
const OVERHEAD_BYTES = 160

/** All rings of a node share one bound: the one that was used least recently is emptied first. */
export class RingSpace {
  bytes = 0
  readonly limit: number
  readonly #rings = new Set<Ring>()

  constructor(limit = ALL_RINGS_LIMIT_BYTES) {
    this.limit = limit
  }

  used(ring: Ring): void {
    this.#rings.delete(ring)
    this.#rings.add(ring)
    for (const oldest of this.#rings) {
      if (this.bytes <= this.limit) return
      oldest.clear()
      this.#rings.delete(oldest)
    }
  }

  gone(ring: Ring): void {
    ring.clear()
    this.#rings.delete(ring)
  }
}

/** The recent facts of one stream, contiguous, the newest last; bounded by count, bytes and age. */
export class Ring {
  readonly #space: RingSpace
  #facts: Fact[] = []
  #heardAt: number[] = []
  #from = 0
  #bytes = 0

  constructor(space: RingSpace) {
    this.#space = space
  }

  get size(): number {
    return this.#facts.length - this.#from
  }

  /** The seq of the oldest fact; 0 when there is none. */
  get oldest(): number {
    return this.#facts[this.#from]?.seq ?? 0
  }

  push(fact: Fact, now = Date.now()): void {
    this.#facts.push(fact)
    this.#heardAt.push(now)
    this.#count(sizeOf(fact))
    while (this.size > RING_LIMIT_FACTS || this.#bytes > RING_LIMIT_BYTES) this.#dropOldest()
    this.#space.used(this)
  }

  /** Facts that end where the ring begins; the oldest of them are left out where they do not fit. */
  prepend(facts: readonly Fact[], now = Date.now()): void {
    let first = facts.length
    let bytes = this.#bytes
    while (first > 0 && this.size + facts.length - first < RING_LIMIT_FACTS) {
      bytes += sizeOf(facts[first - 1]!)
      if (bytes > RING_LIMIT_BYTES) break
      first--
    }
    const fitting = facts.slice(first)
    this.#facts = [...fitting, ...this.#facts.slice(this.#from)]
    this.#heardAt = [...fitting.map(() => now), ...this.#heardAt.slice(this.#from)]
    this.#from = 0
    for (const fact of fitting) this.#count(sizeOf(fact))
    this.#space.used(this)
  }

  /** What comes after `seq`, up to about `limitBytes`; null when the ring does not reach back that far. */
  after(seq: number, limitBytes: number): Fact[] | null {
    if (this.size === 0 || seq + 1 < this.oldest) return null
    const taken: Fact[] = []
    let bytes = 0
    for (let i = this.#from + seq + 1 - this.oldest; i < this.#facts.length; i++) {
      const fact = this.#facts[i]!
      bytes += fact.text.length
      if (taken.length > 0 && bytes > limitBytes) break
      taken.push(fact)
    }
    return taken
  }

  dropOld(now = Date.now()): void {
    while (this.size > 0 && now - this.#heardAt[this.#from]! > RING_LIMIT_AGE_MS) this.#dropOldest()
  }

  clear(): void {
    this.#count(-this.#bytes)
    this.#facts = []
    this.#heardAt = []
    this.#from = 0
  }

  #dropOldest(): void {
    this.#count(-sizeOf(this.#facts[this.#from]!))
    this.#facts[this.#from++] = undefined as never
    if (this.#from < 512 || this.#from * 2 < this.#facts.length) return
    this.#facts = this.#facts.slice(this.#from)
    this.#heardAt = this.#heardAt.slice(this.#from)
    this.#from = 0
  }

  #count(bytes: number): void {
    this.#bytes += bytes
    this.#space.bytes += bytes
  }
}

export const sizeOf = (fact: Fact) => fact.text.length + OVERHEAD_BYTES
