import type { Envelope } from '../events/envelope.ts'
import type { Problem } from '../dto/problem.ts'
import { backoff } from './backoff.ts'
import type { Edges } from './edges.ts'
import { type Attempt, send } from './send.ts'
import type { Act, Outcome, Write } from './write.ts'

export interface QueueHost extends Pick<Edges, 'fetch' | 'clock' | 'storage' | 'lock'> {
  changed(): void
  /** A write's facts are at these positions. */
  answered(positions: Record<string, number>): void
  refused(refusal: { write: Write; problem: Problem }): void
  signedOut(): void
}

interface Entry {
  write: Write
  /** From this tab, not from what an earlier or another one left in the storage. */
  isOwn: boolean
  state: 'waiting' | 'sending' | 'answered'
  /** Those of its streams whose facts do not contain it yet. */
  streams: string[]
  /** Where its facts are: from its answer, or from a fact that names it. */
  positions: Record<string, number>
  failures: number
  saved: Promise<void>
  resolve(outcome: Outcome): void
  retry?: { callOff(): void; isNamedByServer: boolean } | undefined
}

type Conclusion = Attempt | { kind: 'sent elsewhere' }

const LONGEST_RETRY_MS = 4_000

/**
 * Writes that are not in the facts yet: sent first in, first out (those that share no stream, side by side),
 * again with the same key until there is an answer, and shown until the facts have it.
 */
export class Queue {
  #host: QueueHost
  #entries: Entry[] = []
  #isLoaded = false
  #isSignedOut = false
  #isClosed = false
  #lastOrder = 0

  constructor(host: QueueHost) {
    this.#host = host
  }

  /** Takes up what was left unanswered; nothing is sent before. */
  async load() {
    const stored = await this.#host.storage.load().catch(() => [])
    const own = new Set(this.#entries.map(({ write }) => write.key))
    const left = stored.filter(({ key }) => !own.has(key)).toSorted((a, b) => a.order - b.order)
    this.#entries.unshift(...left.map((write) => toEntry(write, false)))
    this.#lastOrder = Math.max(this.#lastOrder, ...left.map(({ order }) => order))
    this.#isLoaded = true
    this.#host.changed()
    this.#pump()
  }

  add(write: Omit<Write, 'order'>): Promise<Outcome> {
    const order = (this.#lastOrder = Math.max(this.#lastOrder + 1, this.#host.clock.now()))
    const entry = toEntry({ ...write, order }, true)
    this.#entries.push(entry)
    entry.saved = this.#host.storage.save(entry.write).catch(() => {})
    this.#host.changed()
    this.#pump()
    return new Promise((resolve) => (entry.resolve = resolve))
  }

  pending(stream?: string): number {
    return this.#entries.filter(
      ({ state, write }) => state !== 'answered' && (!stream || write.streams.includes(stream)),
    ).length
  }

  /** What is to be laid over a stream's facts up to `seq`. */
  actsOver(stream: string, seq: number): Act[] {
    return this.#entries.filter((entry) => isOpen(entry, stream, seq)).flatMap(({ write }) => write.acts)
  }

  /** A fact that names its write tells its position, often before the answer does. */
  learn(facts: Envelope[]) {
    for (const { mutation, stream, seq } of facts) {
      const entry = mutation && this.#entries.find(({ write }) => write.key === mutation)
      if (entry) entry.positions[stream] = seq
    }
  }

  /** A stream's facts are there up to `seq`: what they contain needs no overlay any more. */
  reached(stream: string, seq: number) {
    for (const entry of this.#entries) {
      if (entry.state !== 'answered' || isOpen(entry, stream, seq)) continue
      entry.streams = entry.streams.filter((id) => id !== stream)
    }
    this.#entries = this.#entries.filter(({ state, streams }) => state !== 'answered' || streams.length > 0)
  }

  /** History was rewritten: what was answered before is in it or is lost. */
  forget(stream: string) {
    for (const entry of this.#entries) delete entry.positions[stream]
    this.reached(stream, Infinity)
  }

  wake() {
    this.#isSignedOut = false
    for (const entry of this.#entries) {
      if (entry.retry?.isNamedByServer) continue
      entry.retry?.callOff()
      entry.retry = undefined
    }
    this.#pump()
  }

  close() {
    this.#isClosed = true
    for (const { retry } of this.#entries) retry?.callOff()
  }

  #pump() {
    if (!this.#isLoaded || this.#isSignedOut || this.#isClosed) return
    const taken = new Set<string>()
    for (const entry of this.#entries) {
      if (entry.state === 'answered') continue
      const lanes = entry.write.streams.length ? entry.write.streams : ['']
      const isFirst = !lanes.some((lane) => taken.has(lane))
      for (const lane of lanes) taken.add(lane)
      if (isFirst && entry.state === 'waiting' && !entry.retry) void this.#send(entry)
    }
  }

  async #send(entry: Entry) {
    entry.state = 'sending'
    const { lock = (_name, run) => run() } = this.#host
    await lock(`write:${entry.write.key}`, async () => {
      const attempt = await this.#attempt(entry)
      if (this.#isClosed) return
      entry.state = 'waiting'
      this.#conclude(entry, attempt)
      this.#host.changed()
      this.#pump()
      // Before another tab gets the lock and looks whether there is still something to send.
      if (attempt.kind === 'done' || attempt.kind === 'refused') await this.#unsave(entry)
    }).catch(() => {
      if (entry.state !== 'sending' || this.#isClosed) return
      entry.state = 'waiting'
      this.#retryLater(entry, undefined)
    })
  }

  async #attempt(entry: Entry): Promise<Conclusion> {
    if (!entry.isOwn) {
      const stored = await this.#host.storage.load().catch(() => [entry.write])
      if (!stored.some(({ key }) => key === entry.write.key)) return { kind: 'sent elsewhere' }
    }
    return send(this.#host, entry.write)
  }

  #conclude(entry: Entry, attempt: Conclusion) {
    switch (attempt.kind) {
      case 'later':
        return this.#retryLater(entry, attempt.afterMs)
      case 'signed out':
        this.#isSignedOut = true
        return this.#host.signedOut()
      case 'done':
        entry.state = 'answered'
        entry.positions = { ...attempt.positions }
        entry.resolve(attempt)
        return this.#host.answered(attempt.positions)
      case 'refused':
        this.#remove(entry)
        entry.resolve(attempt)
        return this.#host.refused({ write: entry.write, problem: attempt.problem })
      case 'sent elsewhere':
        return this.#remove(entry)
    }
  }

  #retryLater(entry: Entry, afterMs: number | undefined) {
    const { clock } = this.#host
    const callOff = clock.after(afterMs ?? backoff(clock, ++entry.failures, LONGEST_RETRY_MS), () => {
      entry.retry = undefined
      this.#pump()
    })
    entry.retry = { callOff, isNamedByServer: afterMs !== undefined }
  }

  #remove(entry: Entry) {
    this.#entries = this.#entries.filter((known) => known !== entry)
  }

  #unsave({ saved, write }: Entry) {
    return saved.then(() => this.#host.storage.remove(write.key)).catch(() => {})
  }
}

/** Not in the facts up to `seq`, as far as one knows. An answer that names no position in a stream changed nothing there. */
function isOpen({ state, streams, positions }: Entry, stream: string, seq: number): boolean {
  if (!streams.includes(stream)) return false
  const position = positions[stream]
  return position === undefined ? state !== 'answered' : position > seq
}

const toEntry = (write: Write, isOwn: boolean): Entry => ({
  write,
  isOwn,
  state: 'waiting',
  streams: write.streams,
  positions: {},
  failures: 0,
  saved: Promise.resolve(),
  resolve() {},
})
