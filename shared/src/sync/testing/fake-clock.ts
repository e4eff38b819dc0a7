import type { Clock } from '../edges.ts'

/** Time that passes only when a test says so; everything that was set in motion settles in between. */
export class FakeClock implements Clock {
  #now = Date.parse('2026-11-20T09:00:00Z')
  #timers: { at: number; order: number; run: () => void }[] = []
  #order = 0
  #seed: number

  constructor(seed = 1) {
    this.#seed = seed
  }

  now() {
    return this.#now
  }

  random() {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  after(ms: number, run: () => void) {
    const timer = { at: this.#now + Math.max(0, ms), order: this.#order++, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((known) => known !== timer)
    }
  }

  async pass(ms: number) {
    const until = this.#now + ms
    await settle()
    for (let timer = this.#next(until); timer; timer = this.#next(until)) {
      this.#now = timer.at
      timer.run()
      await settle()
    }
    this.#now = until
  }

  #next(until: number) {
    const next = this.#timers.toSorted((a, b) => a.at - b.at || a.order - b.order)[0]
    if (!next || next.at > until) return undefined
    this.#timers = this.#timers.filter((timer) => timer !== next)
    return next
  }
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
