import type { Envelope } from '../events/envelope.ts'
import { newId } from '../ids.ts'
import type { Present } from '../socket/down.ts'
import type { Clock } from './edges.ts'
import type { Connection } from './connection.ts'
import type { Status } from './liveness.ts'
import type { Queue } from './queue.ts'
import type { Stream } from './stream.ts'
import { type Act, type Acts, type Outcome, overlay, type Request } from './write.ts'

export interface NewWrite<A extends Act = Act> extends Request {
  acts?: A[]
  /** Other streams that it changes too: of the board that a card is moved to, say. */
  alsoStreams?: string[]
}

interface Parts<State> {
  stream: Stream<State>
  queue: Queue
  connection: Connection
  acts: Acts<State>
  clock: Clock
  close: () => void
}

/** One stream as a screen sees it: facts, with the person's own unanswered acts over them. */
export class View<State, A extends Act = Act> {
  #parts: Parts<State>
  #listeners = new Set<(facts: Envelope[]) => void>()
  #shown: { base: State; acts: Act[]; state: State } | null = null

  constructor(parts: Parts<State>) {
    this.#parts = parts
  }

  get id(): string {
    return this.#parts.stream.id
  }

  /** Null before the first snapshot, and after the right to read it has ended. The same object until it changes. */
  get state(): State | null {
    const { stream, acts: table } = this.#parts
    if (!stream.replica) return null
    const base = stream.replica.state
    const { acts } = this
    const known = this.#shown
    const isSame =
      known?.base === base && known.acts.length === acts.length && known.acts.every((act, i) => act === acts[i])
    if (!isSame) this.#shown = { base, acts, state: overlay(base, acts, table) }
    return this.#shown!.state
  }

  /** What lies over the facts: for whoever shows more of the stream than its state. */
  get acts(): Act[] {
    const { stream, queue } = this.#parts
    return stream.replica ? queue.actsOver(stream.id, stream.replica.seq) : []
  }

  get position(): { epoch: string; seq: number } | null {
    const { replica } = this.#parts.stream
    return replica && { epoch: replica.epoch, seq: replica.seq }
  }

  get status(): Status {
    return this.#parts.stream.status
  }

  /** How many of its writes have no answer yet. */
  get pending(): number {
    return this.#parts.queue.pending(this.id)
  }

  get present(): Present[] {
    return this.#parts.stream.present
  }

  /** Shown at once, sent in order. The outcome comes with the answer, however long that takes. */
  write({ acts = [], alsoStreams = [], ...request }: NewWrite<A>): Promise<Outcome> {
    const key = newId(this.#parts.clock.now())
    return this.#parts.queue.add({ ...request, key, streams: [this.id, ...alsoStreams], acts })
  }

  /** Tells the others what this person looks at or edits, until told otherwise. */
  setPresence(state: Record<string, unknown>) {
    this.#parts.connection.setPresence(this.id, state)
  }

  /** Called after each change, once per batch, with the facts that made it. */
  subscribe(listener: (facts: Envelope[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  notify(facts: Envelope[]) {
    for (const listener of this.#listeners) {
      try {
        listener(facts)
      } catch (error) {
        // Seen by whoever looks for errors, but no matter of the engine.
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  close() {
    this.#parts.close()
  }
}
