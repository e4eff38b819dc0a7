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

const KEPT = 50

/** A person's own last acts with the way back, newest last. */
export class Undo {
  #done: Undoable[] = []
  #tell: (done: Undoable, undo: () => void) => void

  constructor(tell: (done: Undoable, undo: () => void) => void) {
    this.#tell = tell
  }

  did(done: Undoable) {
    this.#done.push(done)
    this.#done.splice(0, this.#done.length - KEPT)
    if (done.isTold) this.#tell(done, () => this.#takeBack(done))
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
  }
}

const [undo, provideUndo] = createContext<Undo>()
export { provideUndo, undo }
