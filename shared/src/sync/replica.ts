import type { Envelope } from '../events/envelope.ts'

export interface Snapshot<State> {
  state: State
  stream: { id: string; epoch: string; seq: number; ticket: string }
}

export type Apply<State> = (state: State, envelope: Envelope) => State

const PARKED_LIMIT = 1_000

/** A stream's state at a position: facts are applied in order, each once, whatever order they come in. */
export class Replica<State> {
  state: State
  epoch: string
  seq: number
  /** The highest position heard of. */
  head: number
  #apply: Apply<State>
  #parked = new Map<number, Envelope>()

  constructor({ state, stream }: Snapshot<State>, apply: Apply<State>) {
    this.state = state
    this.epoch = stream.epoch
    this.seq = this.head = stream.seq
    this.#apply = apply
  }

  get isBehind(): boolean {
    return this.head > this.seq
  }

  /** Answers those that were applied: what came early waits, what came again is dropped. */
  receive(envelopes: Envelope[]): Envelope[] {
    const applied: Envelope[] = []
    for (const envelope of envelopes) {
      this.hear(envelope.seq)
      if (this.#hasUseFor(envelope)) this.#parked.set(envelope.seq, envelope)
      for (let next = this.#unpark(); next; next = this.#unpark()) {
        this.state = this.#apply(this.state, next)
        this.seq = next.seq
        applied.push(next)
      }
    }
    return applied
  }

  hear(head: number): void {
    this.head = Math.max(this.head, head)
  }

  /** Goes on from a newer snapshot; an older one of the same history is not taken. */
  restart({ state, stream }: Snapshot<State>): boolean {
    if (stream.epoch === this.epoch && stream.seq < this.seq) return false
    if (stream.epoch !== this.epoch) this.head = 0
    this.state = state
    this.epoch = stream.epoch
    this.seq = stream.seq
    this.hear(stream.seq)
    this.#parked.clear()
    return true
  }

  #hasUseFor({ seq }: Envelope): boolean {
    return seq === this.seq + 1 || (seq > this.seq && this.#parked.size < PARKED_LIMIT)
  }

  #unpark(): Envelope | undefined {
    const next = this.#parked.get(this.seq + 1)
    this.#parked.delete(this.seq + 1)
    return next
  }
}
