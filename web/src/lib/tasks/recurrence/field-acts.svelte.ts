import type { Priority, TaskCard } from '@taskflow/shared/dto/task.ts'
import type { When } from '@taskflow/shared/dto/when.ts'
import type { OpenTask } from '../open-task.svelte.ts'

/** Whether a change counts for one occurrence, or also for those after it. */
export type Scope = 'this' | 'following'

type FieldEdit = Partial<{ title: string; priority: Priority; start: When | null; due: When | null }>

/** Changes to the fields of the open task; if it repeats, for as many occurrences as the person chose. */
export class FieldActs {
  /** Null is as usual: dates for this one, the rest for all. */
  scope = $state<Scope | null>(null)
  #open: OpenTask

  constructor(open: OpenTask) {
    this.#open = open
  }

  /** What a request says beside the fields. */
  get scoped(): { scope?: Scope } {
    return this.scope && this.#open.face?.recurrence ? { scope: this.scope } : {}
  }

  edit(changes: FieldEdit) {
    this.#edit(changes)
  }

  // Only a list that is named as a whole can be kept from those that follow.
  assign(userId: string, on: boolean) {
    const { board, face, id } = this.#open
    if (!this.scoped.scope || !face) board.acts.assign([id], userId, on)
    else this.#edit({ assigneeIds: toggled(face.assigneeIds, userId, on) })
  }

  label(labelId: string, on: boolean) {
    const { board, face, id } = this.#open
    if (!this.scoped.scope || !face) board.acts.label([id], labelId, on)
    else this.#edit({ labelIds: toggled(face.labelIds, labelId, on) })
  }

  #edit(changes: FieldEdit & Partial<Pick<TaskCard, 'assigneeIds' | 'labelIds'>>) {
    this.#open.board.acts.edit([this.#open.id], changes, this.scoped.scope)
  }
}

const toggled = (ids: string[], id: string, on: boolean) => [...ids.filter((one) => one !== id), ...(on ? [id] : [])]
