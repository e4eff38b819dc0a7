import { createContext, untrack } from 'svelte'
import { isSwitchedOn, keepSwitch } from '#lib/device.ts'
import { isCharacter, nameOf, type Reach, reachOf } from './pressing.ts'

/** Something that one can do: by its keys, in the palette, on the sheet of keys. */
export interface Action {
  id: string
  name: string
  section: string
  /** `c`, `?`, `mod+k`; the first is shown. */
  keys?: [string, ...string[]]
  run(): void
  /** Not possible at the moment: no card has the focus, say. By key it is asked with what has the focus. */
  isOff?(at?: Element): boolean
  /** Where its keys work: on the page, over a dialog too, or even while somebody types. */
  reach?: Reach
  /** On the sheet, but of no use in the palette: arrows, say. */
  isOnlyKey?: boolean
}

/** Something that one can go to. */
export interface Thing {
  id: string
  name: string
  /** What tells it from others of that name. */
  hint?: string
  run(): void
}

/** Things of one kind; those that match what is typed are found by whoever offers them. */
export interface Things {
  section: string
  find(text: string): Thing[] | Promise<Thing[]>
}

const CHARACTERS = 'keys.characters'
const RANK = { page: 0, dialog: 1, typing: 2 }

/** What the screens that are open can do, and lead to: the newest first, the frame around them last. */
export class Keys {
  #frame: { actions: Action[]; things: Things[] }
  #actions = $state.raw<Action[]>([])
  #things = $state.raw<Things[]>([])
  actions = $derived.by(() => [...this.#actions, ...this.#frame.actions])
  things = $derived.by(() => [...this.#things, ...this.#frame.things])

  /** Whether a character alone does something; whoever dictates would set off much by speaking. Of this device alone. */
  hasCharacters = $state(true)

  constructor(frame: { actions: Action[]; things: Things[] }) {
    this.#frame = frame
  }

  /** In the browser only: the server does not know what is kept on a device. */
  load() {
    this.hasCharacters = isSwitchedOn(CHARACTERS, true)
  }

  turnCharacters(on: boolean) {
    this.hasCharacters = on
    keepSwitch(CHARACTERS, on)
  }

  // Whoever adds some in an effect does not want it to run again when others do.
  add(actions: Action[]): () => void {
    untrack(() => (this.#actions = [...actions, ...this.#actions]))
    return () => untrack(() => (this.#actions = this.#actions.filter((action) => !actions.includes(action))))
  }

  addThings(...things: Things[]): () => void {
    untrack(() => (this.#things = [...things, ...this.#things]))
    return () => untrack(() => (this.#things = this.#things.filter((one) => !things.includes(one))))
  }

  press(event: KeyboardEvent) {
    if (event.defaultPrevented || event.isComposing || event.altKey) return
    const pressed = nameOf(event)
    if (isCharacter(pressed) && !this.hasCharacters) return
    const reach = reachOf(event)
    const at = event.target instanceof Element ? event.target : document.body
    const action = this.actions.find(
      ({ keys, isOff, reach: own = 'page' }) => keys?.includes(pressed) && RANK[own] >= RANK[reach] && !isOff?.(at),
    )
    if (!action) return
    event.preventDefault()
    action.run()
  }
}

const [keys, provideKeys] = createContext<Keys>()
export { keys, provideKeys }
