import type { Outcome } from '@taskflow/shared/sync/write.ts'
import { createContext } from 'svelte'

export interface Undoable {
  /** What was done, as a sentence. */
  text: string
  outcome: Promise<Outcome>
  undo(): void
  /** Whether to say so with a way back beside it: for what is out of sight afterwards. */
  isTold: boolean
}

/** Says what was done, with a way back beside it; what it answers takes the words away again. */
type Tell = (done: Undoable, undo: () => void) => () => void

const KEPT = 50

/** A person's own last acts with the way back, newest last. */
export class Undo {
  #done: Undoable[] = []
  #told = new Map<Undoable, () => void>()
  #tell: Tell

  constructor(tell: Tell) {
    this.#tell = tell
  }

  did(done: Undoable) {
    this.#done.push(done)
    for (const old of this.#done.splice(0, this.#done.length - KEPT)) this.#told.delete(old)
    if (done.isTold) {
      const takeBack = () => this.#takeBack(done)
      this.#told.set(done, this.#tell(done, takeBack))
    }
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
    this.#told.get(done)?.()
    this.#told.delete(done)
  }
}

const [undo, provideUndo] = createContext<Undo>()
export { provideUndo, undo }
