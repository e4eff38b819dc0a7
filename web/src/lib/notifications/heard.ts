import type { InboxPage, InboxState, Notification } from '@taskflow/shared/dto/notification.ts'
import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import { applyInboxEvent, latestFirst } from '@taskflow/shared/inbox/apply-event.ts'

const KEPT = 500

/** The latest facts of one's own stream: a page of the inbox that was read a moment ago is brought up to date by them. */
export class Heard {
  #facts: Envelope[] = []
  #listeners = new Set<() => void>()

  add(facts: readonly Envelope[]) {
    const known = this.#facts.at(-1)
    const next = facts[0]
    const isWhole = !known || !next || (known.epoch === next.epoch && next.seq === known.seq + 1)
    this.#facts = (isWhole ? [...this.#facts, ...facts] : [...facts]).slice(-KEPT)
    if (!isWhole) for (const listener of this.#listeners) listener()
  }

  /** When something between two facts was not heard: what was built on them must be read again. */
  onGap(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The inbox with a page that was read, whichever of both is the newer. */
  merge(state: InboxState, page: InboxPage): InboxState {
    const { epoch, seq } = page.stream
    const after = this.#facts.filter((fact) => fact.epoch === epoch && fact.seq > seq)
    const fresh = new Map<string, Notification>(page.items.map((row) => [row.id, row]))
    const items = [...page.items, ...state.items.filter(({ id }) => !fresh.has(id))].toSorted(latestFirst)
    return after.reduce(applyInboxEvent, { items, unread: page.unread } as InboxState)
  }
}
