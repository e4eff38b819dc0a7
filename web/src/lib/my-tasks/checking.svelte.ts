import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import type { Live } from '#lib/live/live.svelte.ts'
import type { Undo } from '#lib/undo/undo.ts'

/** Which tasks one has just checked off, or opened again, whatever the list that was loaded says. */
export class Checking {
  #marks = $state.raw<ReadonlyMap<string, boolean>>(new Map())
  #engine: Live
  #undo: Undo
  #text: (name: string) => string

  constructor(engine: Live, undo: Undo, text: (name: string) => string) {
    this.#engine = engine
    this.#undo = undo
    this.#text = text
  }

  isClosed = ({ id, closedAt }: ListedTask): boolean => this.#marks.get(id) ?? closedAt !== null

  toggle(task: ListedTask) {
    const isClosed = !this.isClosed(task)
    const outcome = this.#write(task, isClosed)
    if (!isClosed) return
    const undo = () => void this.#write(task, false)
    this.#undo.did({ text: this.#text(task.key), outcome, undo, isTold: true })
  }

  #write(task: ListedTask, isClosed: boolean) {
    this.#mark(task.id, isClosed)
    const outcome = this.#engine.write({
      method: isClosed ? 'PUT' : 'DELETE',
      path: `/api/tasks/${task.id}/closed`,
      alsoStreams: [boardStream(task.boardId)],
    })
    void outcome.then(({ kind }) => {
      if (kind === 'refused') this.#mark(task.id, !isClosed)
    })
    return outcome
  }

  #mark(id: string, isClosed: boolean) {
    this.#marks = new Map(this.#marks).set(id, isClosed)
  }
}
