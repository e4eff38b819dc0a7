import { backoff } from './backoff.ts'
import type { Clock } from './edges.ts'

/** What a stream has to ask the API for: nothing, what it misses, or what comes next. */
export type Need = 'nothing' | 'missing' | 'next'

export interface Reading {
  need(): Need
  /** Tells whether the answer brought something. With `holds` the API keeps the call until there is something. */
  read(holds: boolean, abort: AbortController): Promise<boolean>
  failed(error: unknown): void
}

const POLL_MS = 10_000
const SHORT_ANSWER_MS = 1_000
const PAUSE_MS = 500
const LONGEST_RETRY_MS = 4_000

/** Reads over HTTP until nothing is missing: one call at a time, again after a failure. */
export class CatchingUp {
  #clock: Clock
  #reading: Reading
  /** Browsers allow six connections to a host: not every stream may hold one. */
  #canHold: boolean
  #running: { abort: AbortController; holds: boolean } | null = null
  #failures = 0
  #callOff = () => {}

  constructor(clock: Clock, canHold: boolean, reading: Reading) {
    this.#clock = clock
    this.#canHold = canHold
    this.#reading = reading
  }

  plan(ms: number) {
    this.#callOff()
    this.#callOff = this.#clock.after(ms, () => {
      if (!this.#running && this.#reading.need() !== 'nothing') void this.#run()
    })
  }

  /** A call that runs already will do, unless it is held. */
  now() {
    if (!this.#running || this.#running.holds) void this.#run()
  }

  /** Also when nothing seems to be missing, and in place of a call that may hang on a dead network. */
  afresh() {
    this.#failures = 0
    void this.#run()
  }

  release() {
    if (this.#running?.holds) this.stop()
  }

  stop() {
    this.#callOff()
    this.#running?.abort.abort()
    this.#running = null
  }

  async #run() {
    this.stop()
    const startedAt = this.#clock.now()
    const holds = this.#canHold && this.#reading.need() === 'next'
    const run = (this.#running = { abort: new AbortController(), holds })
    try {
      const brought = await this.#reading.read(holds, run.abort)
      if (this.#running !== run) return
      this.#running = null
      this.#failures = 0
      this.#planNext(holds, brought || this.#clock.now() - startedAt > SHORT_ANSWER_MS)
    } catch (error) {
      if (this.#running !== run) return
      this.#running = null
      this.#reading.failed(error)
      if (this.#reading.need() !== 'nothing') this.plan(backoff(this.#clock, ++this.#failures, LONGEST_RETRY_MS))
    }
  }

  #planNext(held: boolean, wasOfUse: boolean) {
    const need = this.#reading.need()
    if (need === 'missing') this.plan(wasOfUse ? 0 : PAUSE_MS)
    if (need === 'next') this.plan(!this.#canHold ? POLL_MS : held && !wasOfUse ? SHORT_ANSWER_MS : 0)
  }
}
