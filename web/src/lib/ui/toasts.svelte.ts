import { createContext } from 'svelte'

export type Toast = {
  id: number
  text: string
  tone: 'plain' | 'good' | 'bad'
  action?: { label: string; run: () => void }
}

const STAYS_MS = 6000

export class Toasts {
  readonly dismissLabel: string
  list = $state<Toast[]>([])
  #next = 1
  #timers = new Map<number, ReturnType<typeof setTimeout>>()

  constructor(dismissLabel: string) {
    this.dismissLabel = dismissLabel
  }

  /** In the place of another, if that one is still there. */
  show(text: string, options: Partial<Omit<Toast, 'id' | 'text'>> = {}, instead?: number): number {
    const at = this.list.findIndex(({ id }) => id === instead)
    const id = at < 0 ? this.#next++ : instead!
    this.list.splice(at < 0 ? this.list.length : at, 1, { id, text, tone: 'plain', ...options })
    if (at < 0 || this.#timers.has(id)) this.resume(id)
    return id
  }

  dismiss(id: number): void {
    this.hold(id)
    this.list = this.list.filter((toast) => toast.id !== id)
  }

  /** While somebody points at a toast or has focus in it, it stays. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
  }

  resume(id: number): void {
    this.hold(id)
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), STAYS_MS),
    )
  }
}

const [toasts, provideToasts] = createContext<Toasts>()
export { provideToasts, toasts }
