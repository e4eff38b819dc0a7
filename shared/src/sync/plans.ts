import type { Clock } from './edges.ts'

/** At most one thing to be done later per name. */
export class Plans {
  #clock: Clock
  #callOff = new Map<string, () => void>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  has(name: string) {
    return this.#callOff.has(name)
  }

  set(name: string, ms: number, run: () => void) {
    this.drop(name)
    const callOff = this.#clock.after(ms, () => {
      this.#callOff.delete(name)
      run()
    })
    this.#callOff.set(name, callOff)
  }

  drop(name: string) {
    this.#callOff.get(name)?.()
    this.#callOff.delete(name)
  }
}
