import { SvelteSet } from 'svelte/reactivity'

/** Columns that this person has folded away on this device. */
export class Folded {
  #key: string
  #ids = new SvelteSet<string>()

  constructor(boardId: string) {
    this.#key = `folded:${boardId}`
  }

  /** In the browser only: the server does not know what is kept on a device. */
  load() {
    try {
      for (const id of JSON.parse(localStorage.getItem(this.#key) ?? '[]') as string[]) this.#ids.add(id)
    } catch {
      // Kept by somebody else, or nothing may be kept here.
    }
  }

  has(id: string): boolean {
    return this.#ids.has(id)
  }

  toggle(id: string) {
    if (!this.#ids.delete(id)) this.#ids.add(id)
    try {
      localStorage.setItem(this.#key, JSON.stringify([...this.#ids]))
    } catch {
      // Then it holds until the page is loaded again.
    }
  }
}
