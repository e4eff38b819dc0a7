import type { Outcome } from '@taskflow/shared/sync/write.ts'
import { createContext } from 'svelte'

export interface Undoable {
  /** What was done, as a sentence. */
  text: string
  outcome: Promise<Outcome>
  undo(): void
  /** Nothing is said of what is in sight while more of it is being typed. */
  isQuiet?: boolean
}

/** Says what was done, in place of the act before, with a way back beside it; what it answers takes the words away again. */
type Tell = (done: Undoable, undo: () => void) => () => void

const KEPT = 50

/** A person's own last acts with the way back, newest last. */
export class Undo {
  #done: Undoable[] = []
  #told: { done: Undoable; takeAway(): void } | null = null
  #tell: Tell

  constructor(tell: Tell) {
    this.#tell = tell
  }

  did(done: Undoable) {
    this.#done.push(done)
    this.#done.splice(0, this.#done.length - KEPT)
    if (!done.isQuiet) this.#told = { done, takeAway: this.#tell(done, () => this.#takeBack(done)) }
    void done.outcome.then(({ kind }) => {
      if (kind === 'refused') this.#forget(done)
    })
  }

  /** Answers what was taken back, if there was something. */
  last(): Undoable | undefined {
    const done = this.#done.at(-1)
    if (done) this.#takeBack(done)
    return done
  }

  #takeBack(done: Undoable) {
    if (!this.#done.includes(done)) return
    this.#forget(done)
    done.undo()
  }

  #forget(done: Undoable) {
    this.#done = this.#done.filter((one) => one !== done)
    if (this.#told?.done !== done) return
    this.#told.takeAway()
    this.#told = null
  }
}

const [undo, provideUndo] = createContext<Undo>()
export { provideUndo, undo }
