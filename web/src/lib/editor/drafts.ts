import { newId } from '@taskflow/shared/ids.ts'
import type { Typed } from '@taskflow/shared/sync/write.ts'
import { createContext } from 'svelte'
import type { Store } from '#lib/device.ts'
import { listDrafts, PREFIX } from './stored-drafts.ts'
import type { Draft } from './text-edit.ts'
import type { Tab } from './this-tab.ts'

const WAIT_MS = 250
const KEPT_MS = 60 * 24 * 3_600_000
/** How long after its last letter a draft counts as in somebody's hands, where no browser tells which tabs live. */
const IN_HANDS_MS = 60_000
const NOTHING = { text: '', version: 0 }

/**
 * Texts that somebody has begun and not sent, on this device. They outlive reloads and crashes. Each tab has its own;
 * what a tab left behind that is gone goes on in the one where its field is opened next.
 */
export class Drafts {
  #store: Store | null
  #userId: string
  #tab: Tab
  #waiting = new Map<string, Draft>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #takers = new Set<{ field: string; take: (draft: Draft) => void }>()

  constructor(store: Store | null, userId: string, tab: Tab) {
    this.#store = store
    this.#userId = userId
    this.#tab = tab
  }

  get(field: string): Draft | null {
    return this.#waiting.get(field) ?? this.#read(this.#keyOf(field))
  }

  /** Written down after a moment, and at once when `flush` says that there may be no later. */
  put(field: string, draft: Draft) {
    this.#waiting.set(field, draft)
    this.#timer ??= setTimeout(() => this.flush(), WAIT_MS)
  }

  /** Of something new, where an empty text is none. */
  keep(field: string, text: string) {
    if (text.trim()) this.put(field, { text, base: NOTHING, at: Date.now() })
    else this.drop(field)
  }

  /** What was refused is in its field again: what is new below what was typed there since, an edit unless there is a newer one. */
  giveBack({ field, text, original }: Typed) {
    const since = this.get(field)
    if (since && original !== undefined) return
    const base = original === undefined ? NOTHING : { text: original, version: 0 }
    const draft = { text: since ? `${since.text}\n${text}` : text, base, at: Date.now() }
    this.#hand(field, draft)
  }

  /** What was thrown away is in its field again; what was begun there since waits until it is opened the next time. */
  putBack(field: string, draft: Draft) {
    const since = this.get(field)
    if (since) this.#write(this.#keyOf(field, newId()), JSON.stringify(since))
    this.#hand(field, draft)
  }

  /** For a field that is on the screen when its text is given back, or found where a tab has left it behind. */
  onBack(field: string, take: (draft: Draft) => void): () => unknown {
    const taker = { field, take }
    this.#takers.add(taker)
    void this.#takeOver(field)
    return () => this.#takers.delete(taker)
  }

  drop(field: string) {
    this.#waiting.delete(field)
    this.#store?.removeItem(this.#keyOf(field))
  }

  flush() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const [field, draft] of this.#waiting) this.#write(this.#keyOf(field), JSON.stringify(draft))
    this.#waiting.clear()
  }

  /** To be called once, in the browser; what it answers ends it. */
  start(): () => void {
    this.#forgetOld()
    const flush = () => this.flush()
    window.addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', flush)
    return () => {
      this.flush()
      window.removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', flush)
    }
  }

  #keyOf(field: string, tabId = this.#tab.id): string {
    return `${PREFIX}${this.#userId}:${field}@${tabId}`
  }

  /** The newest that is left behind; the others wait until the field is opened again. */
  async #takeOver(field: string) {
    if (this.get(field) || this.#ofOthers(field).length === 0) return
    const living = await this.#tab.listLiving()
    const isGone = (key: string, { at }: Draft) =>
      living ? !living.has(key.slice(this.#keyOf(field, '').length)) : Date.now() - at > IN_HANDS_MS
    const key = this.#ofOthers(field).findLast((one) => isGone(one, this.#read(one)!))
    const draft = key && this.#read(key)
    if (!draft || this.get(field)) return
    this.#store?.removeItem(key)
    this.#hand(field, draft)
  }

  #ofOthers(field: string): string[] {
    return this.#stored(`${this.#userId}:${field}@`).filter((key) => key !== this.#keyOf(field) && this.#read(key))
  }

  #hand(field: string, draft: Draft) {
    this.put(field, draft)
    this.flush()
    for (const taker of this.#takers) if (taker.field === field) taker.take(draft)
  }

  #read(key: string): Draft | null {
    try {
      const draft = JSON.parse(this.#store?.getItem(key) ?? 'null') as Draft | null
      return typeof draft?.text === 'string' && typeof draft.base?.text === 'string' ? draft : null
    } catch {
      return null
    }
  }

  #write(key: string, text: string) {
    for (;;) {
      try {
        return this.#store?.setItem(key, text)
      } catch {
        // No room: the oldest go first, for this one is being typed.
        const oldest = this.#stored().find((one) => one !== key)
        if (!oldest) return
        this.#store?.removeItem(oldest)
      }
    }
  }

  #forgetOld() {
    const since = Date.now() - KEPT_MS
    for (const key of this.#stored()) if ((this.#read(key)?.at ?? 0) < since) this.#store?.removeItem(key)
  }

  /** The oldest first. */
  #stored(of = ''): string[] {
    if (!this.#store) return []
    return listDrafts(this.#store, of).sort((a, b) => (this.#read(a)?.at ?? 0) - (this.#read(b)?.at ?? 0))
  }
}

const [drafts, provideDrafts] = createContext<Drafts>()
export { drafts, provideDrafts }
