import { createContext, untrack } from 'svelte'

/** Something that one can do: by its keys, in the palette, on the sheet of keys. */
export interface Action {
  id: string
  name: string
  section: string
  /** `c`, `?`, `mod+k`; the first is shown. */
  keys?: string[]
  run(): void
  /** Not possible at the moment: no card has the focus, say. */
  isOff?(): boolean
  /** Where its keys work: on the page, over a dialog too, or even while somebody types. */
  reach?: 'page' | 'dialog' | 'typing'
  /** On the sheet, but of no use in the palette: arrows, say. */
  isOnlyKey?: boolean
}

const TYPING =
  'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=""], [contenteditable=true]'
const OPEN = 'dialog[open], [role=dialog]:popover-open, [role=menu]:popover-open'

/** Every action of the screens that are open, the newest first: they shadow the older ones' keys. */
export class Keys {
  actions = $state.raw<Action[]>([])

  add(actions: Action[]): () => void {
    // Whoever adds some in an effect does not want it to run again when others do.
    untrack(() => (this.actions = [...actions, ...this.actions]))
    return () => untrack(() => (this.actions = this.actions.filter((action) => !actions.includes(action))))
  }

  press(event: KeyboardEvent) {
    if (event.defaultPrevented || event.isComposing || event.altKey) return
    const pressed = nameOf(event)
    const reach = reachOf(event)
    const action = this.actions.find(
      ({ keys, isOff, reach: own = 'page' }) => keys?.includes(pressed) && RANK[own] >= RANK[reach] && !isOff?.(),
    )
    if (!action) return
    event.preventDefault()
    action.run()
  }
}

const RANK = { page: 0, dialog: 1, typing: 2 }

function reachOf({ target }: KeyboardEvent): 'page' | 'dialog' | 'typing' {
  if (target instanceof Element && target.closest(TYPING)) return 'typing'
  return document.querySelector(OPEN) ? 'dialog' : 'page'
}

function nameOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const mod = ctrlKey || metaKey ? 'mod+' : ''
  const shift = shiftKey && (mod || key.length > 1) ? 'shift+' : ''
  return mod + shift + (key === ' ' ? 'Space' : key.length === 1 ? key.toLowerCase() : key)
}

const [keys, provideKeys] = createContext<Keys>()
export { keys, provideKeys }
