import type { OpenTask } from './open-task.svelte.ts'

export type Part = 'step' | 'criterion' | 'subtask'

/** The parts of a task that are only there when there is something in them, or when one is about to add it. */
export class Parts {
  readonly adding: Record<Part, boolean> = $state({ step: false, criterion: false, subtask: false })
  #open: OpenTask

  constructor(open: OpenTask) {
    this.#open = open
  }

  shows(part: Part): boolean {
    return this.adding[part] || this.#has(part)
  }

  #has(part: Part): boolean {
    const { id, board, task } = this.#open
    if (part === 'subtask') return (board.live.state?.tasks ?? []).some(({ parentId }) => parentId === id)
    return task?.checklistItems.some(({ kind }) => kind === part) ?? false
  }
}
