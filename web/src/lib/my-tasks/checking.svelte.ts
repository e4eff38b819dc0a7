import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import type { Task } from '@taskflow/shared/dto/task.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import type { Live } from '#lib/live/live.svelte.ts'
import type { Undo } from '#lib/undo/undo.ts'
import { isClosedNow, type Mark } from './mark.ts'

/** Which tasks one has just checked off, or opened again, whatever the list that was loaded says. */
export class Checking {
  #marks = $state.raw<ReadonlyMap<string, Mark>>(new Map())
  #engine: Live
  #undo: Undo
  #text: (name: string) => string

  constructor(engine: Live, undo: Undo, text: (name: string) => string) {
    this.#engine = engine
    this.#undo = undo
    this.#text = text
  }

  isClosed = (task: ListedTask): boolean => isClosedNow(task, this.#marks.get(task.id))

  toggle(task: ListedTask) {
    const isClosed = !this.isClosed(task)
    const outcome = this.#write(task, isClosed)
    if (!isClosed) return
    const undo = () => void this.#write(task, false)
    this.#undo.did({ text: this.#text(task.key), outcome, undo })
  }

  #write(task: ListedTask, isClosed: boolean) {
    const before = this.#marks.get(task.id)
    const mark = { isClosed }
    this.#mark(task.id, mark)
    const outcome = this.#engine.write({
      method: isClosed ? 'PUT' : 'DELETE',
      path: `/api/tasks/${task.id}/closed`,
      alsoStreams: [boardStream(task.boardId)],
    })
    void outcome.then((answer) => {
      if (this.#marks.get(task.id) !== mark) return
      const { version } = answer.kind === 'done' ? (answer.body as Task) : {}
      this.#mark(task.id, version === undefined ? before : { isClosed, version })
    })
    return outcome
  }

  #mark(id: string, mark: Mark | undefined) {
    const marks = new Map(this.#marks)
    if (mark) marks.set(id, mark)
    else marks.delete(id)
    this.#marks = marks
  }
}
