import { createContext } from 'svelte'
import { SvelteSet } from 'svelte/reactivity'

/** The texts on a screen that somebody has begun and not sent: asked before it is left. */
export class Unsaved {
  /** What waits for an answer. */
  asked = $state.raw<(() => void) | null>(null)
  #fields = new SvelteSet<string>()

  get is(): boolean {
    return this.#fields.size > 0
  }

  mark(field: string, isUnsaved: boolean) {
    if (isUnsaved) this.#fields.add(field)
    else this.#fields.delete(field)
  }

  /** Does what leaves the screen: now, or once the person has said that it is meant. */
  leave(run: () => void) {
    if (this.is) this.asked = run
    else run()
  }

  leaveAnyway() {
    const run = this.asked
    this.asked = null
    this.#fields.clear()
    run?.()
  }
}

const [unsaved, provideUnsaved] = createContext<Unsaved>()
export { provideUnsaved, unsaved }
