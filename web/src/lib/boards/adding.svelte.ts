import { SvelteMap } from 'svelte/reactivity'

/** What is being typed for new cards, by column: kept on this device, so that no reload or refusal loses it. */
export class Adding {
  /** The column whose field is open. */
  at = $state<string | null>(null)
  #key: string
  #texts = new SvelteMap<string, string>()

  constructor(boardId: string) {
    this.#key = `adding:${boardId}`
  }

  /** In the browser only: the server does not know what is kept on a device. */
  load() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key) ?? '{}') as Record<string, string>
      for (const [columnId, text] of Object.entries(kept)) this.#texts.set(columnId, text)
    } catch {
      // Kept by somebody else, or nothing may be kept here.
    }
  }

  textFor(columnId: string): string {
    return this.#texts.get(columnId) ?? ''
  }

  type(columnId: string, text: string) {
    if (text) this.#texts.set(columnId, text)
    else this.#texts.delete(columnId)
    try {
      if (this.#texts.size) localStorage.setItem(this.#key, JSON.stringify(Object.fromEntries(this.#texts)))
      else localStorage.removeItem(this.#key)
    } catch {
      // Then it holds until the page is loaded again.
    }
  }

  /** The card was refused: its title is back in the field, above what was typed since. */
  giveBack(columnId: string, title: string) {
    this.type(columnId, [title, this.textFor(columnId)].filter(Boolean).join('\n'))
    this.at = columnId
  }
}
