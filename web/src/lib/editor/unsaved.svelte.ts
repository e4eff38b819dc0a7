import { createContext } from 'svelte'
import { SvelteSet } from 'svelte/reactivity'

/** The texts on a screen that somebody has begun and not sent: asked before it is left. */
export class Unsaved {
  #fields = new SvelteSet<string>()

  get is(): boolean {
    return this.#fields.size > 0
  }

  mark(field: string, isUnsaved: boolean) {
    if (isUnsaved) this.#fields.add(field)
    else this.#fields.delete(field)
  }

  clear() {
    this.#fields.clear()
  }
}

const [unsaved, provideUnsaved] = createContext<Unsaved>()
export { provideUnsaved, unsaved }
