import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import type { Present } from '@taskflow/shared/socket/down.ts'
import type { Status } from '@taskflow/shared/sync/liveness.ts'
import type { NewWrite, View } from '@taskflow/shared/sync/view.ts'
import type { Act, Outcome } from '@taskflow/shared/sync/write.ts'
import { oncePerFrame } from './frame.ts'
import { lasting } from './lasting.ts'

/** Shows a new state; what is around it may measure before and move things after. */
export type Paint = (facts: Envelope[], apply: () => void) => void

const CONNECTING: Status = { is: 'not live', reason: 'connecting', since: 0 }

/** A stream on the screen: the engine's view as runes, changed at most once per frame. On the server: the snapshot. */
export class LiveView<State, A extends Act = Act> {
  state = $state.raw<State | null>(null)
  status = $state.raw<Status>(CONNECTING)
  present = $state.raw<Present[]>([])
  pending = $state(0)
  /** The person's own acts that lie over the facts. */
  acts = $state.raw<Act[]>([])
  /** How often the state was read anew, instead of following from facts. */
  rereads = $state(0)
  paint: Paint = (_facts, apply) => apply()
  /** Stays after it was closed: what is taken back later goes the same way. */
  #view: View<State, A> | null = null
  #isOpen = false
  #listeners = new Set<(facts: Envelope[]) => void>()
  #presence: Record<string, unknown> | null = null
  #showNow = () => {}
  #missed = 0

  constructor(state: State | null) {
    this.state = state
  }

  /** Follows the engine until what it answers is called. */
  connect(open: () => View<State, A>): () => void {
    const view = (this.#view = open())
    this.#isOpen = true
    let facts: Envelope[] = []
    const frame = oncePerFrame(() => {
      const heard = facts
      facts = []
      this.paint(heard, () => this.#show(view))
      if (heard.length) for (const listener of this.#listeners) listener(heard)
    })
    let at = view.position
    const unsubscribe = view.subscribe((applied) => {
      const before = at
      at = view.position
      if (before && at && (at.epoch !== before.epoch || at.seq !== before.seq + applied.length)) this.#missed++
      facts.push(...applied)
      frame.ask()
    })
    this.#showNow = () => frame.now()
    if (this.#presence) view.setPresence(this.#presence)
    frame.ask()
    return () => {
      this.#showNow = () => {}
      unsubscribe()
      frame.stop()
      view.close()
      if (this.#view === view) this.#isOpen = false
      this.status = CONNECTING
    }
  }

  write(write: NewWrite<A>): Promise<Outcome> {
    if (!this.#view) throw new Error('Nothing can be written before the stream is open')
    return this.#view.write(write)
  }

  /** Without waiting for the next paint: for what must change together with something else. */
  showNow() {
    this.#showNow()
  }

  setPresence(state: Record<string, unknown>) {
    this.#presence = state
    if (this.#isOpen) this.#view?.setPresence(state)
  }

  /** After each change that facts made, once they are on the screen. */
  onFacts(listener: (facts: Envelope[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #show(view: View<State, A>) {
    this.state = view.state
    this.status = lasting(this.status, view.status)
    this.present = view.present
    this.pending = view.pending
    this.acts = view.acts
    this.rereads = this.#missed
  }
}
