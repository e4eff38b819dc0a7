import type { Priority, TaskCard } from '@taskflow/shared/dto/task.ts'
import type { When } from '@taskflow/shared/dto/when.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { Undo } from '#lib/undo/undo.ts'
import type { LiveBoard } from './board.svelte.ts'
import type { DidWords } from './did-words.ts'

export interface Place {
  columnId: string
  /** The card below; null is the end. */
  before?: string | null
  /** The card above; null is the top. */
  after?: string | null
}

export type CardEdit = Partial<{ title: string; priority: Priority; start: When | null; due: When | null }>

/** What one does to cards: shown at once, sent in order, and taken back with Ctrl+Z. */
export class CardActs {
  #board: LiveBoard
  #undo: Undo
  #words: DidWords

  constructor(board: LiveBoard, undo: Undo, words: DidWords) {
    this.#board = board
    this.#undo = undo
    this.#words = words
  }

  /** Answers the id of the new card. */
  create(title: string, place: Place): string {
    const id = newId()
    const { columnId, ...side } = place
    void this.#board.live.write({
      method: 'POST',
      path: `/api/boards/${this.#board.id}/tasks`,
      body: { id, title, ...place },
      acts: [{ name: 'createTask', args: { task: { id, columnId, title, createdBy: this.#board.me.id }, ...side } }],
    })
    return id
  }

  move(id: string, place: Place, { isTold = false } = {}) {
    const card = this.#board.card(id)
    const column = this.#board.column(place.columnId)
    if (!card || !column) return
    const home = this.#placeOf(card)
    if (home.columnId === place.columnId && place.before !== undefined && home.before === place.before) return
    this.#undo.did({
      text: this.#words.moved(this.#nameOf(card), column.name),
      outcome: this.#move(id, place),
      undo: () => void this.#move(id, home),
      isTold,
    })
  }

  edit(id: string, changes: CardEdit) {
    const card = this.#board.card(id)
    if (!card) return
    const before = Object.fromEntries(Object.keys(changes).map((field) => [field, card[field as keyof CardEdit]]))
    this.#undo.did({
      text: this.#words.edited(this.#nameOf(card)),
      outcome: this.#edit(id, changes),
      undo: () => void this.#edit(id, before as CardEdit),
      isTold: false,
    })
  }

  assign(id: string, userId: string, on: boolean) {
    this.#switch(id, on, (value) =>
      this.#board.live.write({
        method: value ? 'PUT' : 'DELETE',
        path: `/api/tasks/${id}/assignees/${userId}`,
        acts: [{ name: 'setAssignee', args: { id, userId, on: value } }],
      }),
    )
  }

  label(id: string, labelId: string, on: boolean) {
    this.#switch(id, on, (value) =>
      this.#board.live.write({
        method: value ? 'PUT' : 'DELETE',
        path: `/api/tasks/${id}/labels/${labelId}`,
        acts: [{ name: 'setLabel', args: { id, labelId, on: value } }],
      }),
    )
  }

  close(id: string, on: boolean) {
    this.#switch(id, on, (value) =>
      this.#board.live.write({
        method: value ? 'PUT' : 'DELETE',
        path: `/api/tasks/${id}/closed`,
        acts: [
          value
            ? { name: 'closeTask', args: { id, at: new Date().toISOString() } }
            : { name: 'reopenTask', args: { id } },
        ],
      }),
    )
  }

  archive(id: string) {
    this.#leave(id, { method: 'PUT', path: `/api/tasks/${id}/archived` }, this.#words.archived)
  }

  remove(id: string) {
    this.#leave(id, { method: 'DELETE', path: `/api/tasks/${id}` }, this.#words.deleted)
  }

  #leave(id: string, request: { method: 'PUT' | 'DELETE'; path: string }, say: (name: string) => string) {
    const task = this.#board.card(id)
    if (!task) return
    const { live } = this.#board
    this.#undo.did({
      text: say(this.#nameOf(task)),
      outcome: live.write({ ...request, acts: [{ name: 'deleteTask', args: { id } }] }),
      undo: () =>
        void live.write({
          method: 'PUT',
          path: `/api/tasks/${id}/restored`,
          acts: [{ name: 'restoreTask', args: { task } }],
        }),
      isTold: true,
    })
  }

  #switch(id: string, on: boolean, write: (on: boolean) => ReturnType<LiveBoard['live']['write']>) {
    const card = this.#board.card(id)
    if (!card) return
    this.#undo.did({
      text: this.#words.edited(this.#nameOf(card)),
      outcome: write(on),
      undo: () => void write(!on),
      isTold: false,
    })
  }

  #move(id: string, place: Place) {
    return this.#board.live.write({
      method: 'PUT',
      path: `/api/tasks/${id}/position`,
      body: place,
      acts: [{ name: 'moveTask', args: { id, at: new Date().toISOString(), ...place } }],
    })
  }

  #edit(id: string, changes: CardEdit) {
    return this.#board.live.write({
      method: 'PATCH',
      path: `/api/tasks/${id}`,
      body: changes,
      acts: [{ name: 'updateTask', args: { id, changes } }],
    })
  }

  #placeOf({ id, columnId }: TaskCard): Place & { before: string | null } {
    const cards = this.#board.cardsIn(columnId).all
    const index = cards.findIndex((card) => card.id === id)
    return { columnId, before: cards[index + 1]?.id ?? null }
  }

  #nameOf(card: TaskCard): string {
    return this.#board.keyOf(card) || card.title
  }
}
