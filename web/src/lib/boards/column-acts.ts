import type { Column } from '@taskflow/shared/dto/board.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { Typed } from '@taskflow/shared/sync/write.ts'
import { newColumnField } from '#lib/editor/fields.ts'
import type { Undo } from '#lib/undo/undo.ts'
import type { LiveBoard } from './board.svelte.ts'
import type { DidWords } from './did-words.ts'

export type ColumnEdit = Partial<Pick<Column, 'name' | 'color' | 'wipLimit' | 'wipMode' | 'done'>>

/** What one does to columns. */
export class ColumnActs {
  #board: LiveBoard
  #undo: Undo
  #words: DidWords

  constructor(board: LiveBoard, undo: Undo, words: DidWords) {
    this.#board = board
    this.#undo = undo
    this.#words = words
  }

  create(name: string): string {
    const id = newId()
    this.#undo.did({
      text: this.#words.added(name),
      outcome: this.#create({ id, name }, null, [{ field: newColumnField(this.#board.id), text: name }]),
      undo: () => void this.#remove(id),
      isQuiet: true,
    })
    return id
  }

  edit(id: string, changes: ColumnEdit) {
    const column = this.#board.column(id)
    if (!column) return
    const before = Object.fromEntries(Object.keys(changes).map((field) => [field, column[field as keyof ColumnEdit]]))
    this.#undo.did({
      text: this.#words.edited(column.name),
      outcome: this.#edit(id, changes),
      undo: () => void this.#edit(id, before as ColumnEdit),
    })
  }

  /** Past its neighbours, to the left or the right. */
  shift(id: string, steps: number) {
    const ids = this.#board.columns.map((column) => column.id)
    const from = ids.indexOf(id)
    const others = ids.toSpliced(from, 1)
    this.move(id, others[Math.max(0, from + steps)] ?? null)
  }

  move(id: string, before: string | null) {
    const column = this.#board.column(id)
    const home = this.#next(id)
    if (!column || before === home || before === id) return
    this.#undo.did({
      text: this.#words.edited(column.name),
      outcome: this.#move(id, before),
      undo: () => void this.#move(id, home),
    })
  }

  sort(id: string, by: 'due' | 'priority' | 'title' | 'created') {
    void this.#board.live.write({ method: 'POST', path: `/api/columns/${id}/sort`, body: { by } })
  }

  /** The cards come back with it, but for those that were archived or deleted. */
  remove(id: string, toColumnId?: string) {
    const column = this.#board.column(id)
    if (!column) return
    const { name, color, wipLimit, wipMode, done } = column
    const home = this.#next(id)
    const cardIds = this.#board.cardsIn(id).all.map((card) => card.id)
    this.#undo.did({
      text: this.#words.deleted(name),
      outcome: this.#remove(id, toColumnId),
      undo: () => {
        void this.#create({ id, name, color, wipLimit, wipMode, done }, home)
        this.#board.acts.putBack(cardIds, id)
      },
    })
  }

  #next(id: string): string | null {
    const ids = this.#board.columns.map((column) => column.id)
    return ids[ids.indexOf(id) + 1] ?? null
  }

  #create(column: { id: string; name: string } & ColumnEdit, before: string | null, typed: Typed[] = []) {
    return this.#board.live.write({
      method: 'POST',
      path: `/api/boards/${this.#board.id}/columns`,
      body: { ...column, before },
      acts: [{ name: 'createColumn', args: { column, before } }],
      typed,
    })
  }

  #remove(id: string, toColumnId?: string) {
    return this.#board.live.write({
      method: 'DELETE',
      path: `/api/columns/${id}${toColumnId ? `?moveTo=${toColumnId}` : ''}`,
      acts: [{ name: 'deleteColumn', args: { id, ...(toColumnId && { toColumnId }) } }],
    })
  }

  #edit(id: string, changes: ColumnEdit) {
    return this.#board.live.write({
      method: 'PATCH',
      path: `/api/columns/${id}`,
      body: changes,
      acts: [{ name: 'updateColumn', args: { id, changes } }],
    })
  }

  #move(id: string, before: string | null) {
    return this.#board.live.write({
      method: 'PUT',
      path: `/api/columns/${id}/position`,
      body: { before },
      acts: [{ name: 'moveColumn', args: { id, before } }],
    })
  }
}
