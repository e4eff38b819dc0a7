import type { BoardAct } from '@taskflow/shared/board/open-board.ts'
import type { Priority, TaskCard } from '@taskflow/shared/dto/task.ts'
import type { When } from '@taskflow/shared/dto/when.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { NewWrite } from '@taskflow/shared/sync/view.ts'
import { newCardField, titleField } from '#lib/editor/fields.ts'
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

export type CardEdit = Partial<
  { title: string; priority: Priority; start: When | null; due: When | null } & Pick<
    TaskCard,
    'assigneeIds' | 'labelIds'
  >
>

type CardWrite = NewWrite<BoardAct>

interface Change {
  text: (name: string) => string
  /** The same act on many cards, as one request. */
  bulk(card: TaskCard): object
  one(card: TaskCard): CardWrite
  /** What makes it as it was. */
  back(card: TaskCard): CardWrite
}

const MOST_AT_ONCE = 200

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
    if (this.#board.filter) this.#board.added = new Set([...this.#board.added, id])
    const outcome = this.#board.live.write({
      method: 'POST',
      path: `/api/boards/${this.#board.id}/tasks`,
      body: { id, title, ...place },
      acts: [{ name: 'createTask', args: { task: { id, columnId, title, createdBy: this.#board.me.id }, ...side } }],
      typed: [{ field: newCardField(columnId), text: title }],
    })
    this.#undo.did({
      text: this.#words.added(title),
      outcome,
      undo: () => void this.#board.live.write(removing(id)),
      isQuiet: true,
    })
    return id
  }

  move(ids: string[], place: Place) {
    const column = this.#board.column(place.columnId)
    if (!column) return
    this.#change(
      ids.filter((id) => !this.#isAt(id, place)),
      {
        text: (name) => this.#words.moved(name, column.name),
        bulk: () => ({ type: 'move', ...place }),
        one: ({ id }) => moving(id, place),
        back: (card) => moving(card.id, this.#placeOf(card)),
      },
    )
  }

  /** To the end of a column, in this order: part of the way back of another act. */
  putBack(ids: string[], columnId: string) {
    const place = { columnId, before: null }
    this.#changeMany(
      ids.flatMap((id) => this.#board.card(id) ?? []),
      () => ({ type: 'move', ...place }),
      ({ id }) => moving(id, place),
    )
  }

  /** The same for all, or what each wants. Of a task that repeats: for it alone, or for all that follow. */
  edit(ids: string[], wanted: CardEdit | ((card: TaskCard) => CardEdit), scope?: 'this' | 'following') {
    const changesOf = typeof wanted === 'function' ? wanted : () => wanted
    this.#change(ids, {
      text: (name) => this.#words.edited(name),
      bulk: (card) => ({ type: 'edit', ...changesOf(card) }),
      one: (card) => {
        const { id, title: original } = card
        const changes = changesOf(card)
        const { title: text } = changes
        return { ...editing(id, changes, scope), ...(text && { typed: [{ field: titleField(id), text, original }] }) }
      },
      back: (card) => {
        const before = Object.keys(changesOf(card)).map((field) => [field, card[field as keyof CardEdit]])
        return editing(card.id, Object.fromEntries(before) as CardEdit, scope)
      },
    })
  }

  assign(ids: string[], userId: string, on: boolean) {
    const write = (id: string, value: boolean): CardWrite => ({
      method: value ? 'PUT' : 'DELETE',
      path: `/api/tasks/${id}/assignees/${userId}`,
      acts: [{ name: 'setAssignee', args: { id, userId, on: value } }],
    })
    this.#switch(ids, on, write, ({ assigneeIds }) => assigneeIds.includes(userId), {
      type: 'assign',
      [on ? 'add' : 'remove']: [userId],
    })
  }

  label(ids: string[], labelId: string, on: boolean) {
    const write = (id: string, value: boolean): CardWrite => ({
      method: value ? 'PUT' : 'DELETE',
      path: `/api/tasks/${id}/labels/${labelId}`,
      acts: [{ name: 'setLabel', args: { id, labelId, on: value } }],
    })
    this.#switch(ids, on, write, ({ labelIds }) => labelIds.includes(labelId), {
      type: 'label',
      [on ? 'add' : 'remove']: [labelId],
    })
  }

  close(ids: string[], on: boolean) {
    const at = new Date().toISOString()
    const write = (id: string, value: boolean): CardWrite => ({
      method: value ? 'PUT' : 'DELETE',
      path: `/api/tasks/${id}/closed`,
      acts: [value ? { name: 'closeTask', args: { id, at } } : { name: 'reopenTask', args: { id } }],
    })
    this.#switch(ids, on, write, ({ closedAt }) => closedAt !== null, { type: on ? 'close' : 'reopen' })
  }

  archive(ids: string[]) {
    this.#leave(ids, 'archive', (name) => this.#words.archived(name), archiving)
  }

  remove(ids: string[]) {
    this.#leave(ids, 'delete', (name) => this.#words.deleted(name), removing)
  }

  #leave(ids: string[], type: 'archive' | 'delete', text: (name: string) => string, write: (id: string) => CardWrite) {
    this.#change(ids, {
      text,
      bulk: () => ({ type }),
      one: ({ id }) => write(id),
      back: (task) => ({
        method: 'PUT',
        path: `/api/tasks/${task.id}/restored`,
        acts: [{ name: 'restoreTask', args: { task } }],
      }),
    })
  }

  #switch(
    ids: string[],
    on: boolean,
    write: (id: string, on: boolean) => CardWrite,
    isOn: (card: TaskCard) => boolean,
    bulk: object,
  ) {
    const others = ids.filter((id) => {
      const card = this.#board.card(id)
      return card && isOn(card) !== on
    })
    this.#change(others, {
      text: (name) => this.#words.edited(name),
      bulk: () => bulk,
      one: ({ id }) => write(id, on),
      back: ({ id }) => write(id, !on),
    })
  }

  #change(ids: string[], { text, bulk, one, back }: Change) {
    const cards = ids.flatMap((id) => this.#board.card(id) ?? [])
    const [first] = cards
    if (!first) return
    const name = cards.length === 1 ? this.#nameOf(first) : this.#words.many(cards.length)
    // Before anything is changed: a place is described by its neighbours.
    const ways = cards.map(back).toReversed()
    const outcomes = cards.length === 1 ? [this.#board.live.write(one(first))] : this.#changeMany(cards, bulk, one)
    this.#undo.did({
      text: text(name),
      outcome: outcomes.at(-1)!,
      undo: () => ways.forEach((way) => void this.#board.live.write(way)),
    })
  }

  #changeMany(cards: TaskCard[], bulk: Change['bulk'], one: Change['one']) {
    const alike = [...Map.groupBy(cards, (card) => JSON.stringify(bulk(card))).values()]
    return alike.flatMap(inPortions).map((group) =>
      this.#board.live.write({
        method: 'POST',
        path: `/api/boards/${this.#board.id}/tasks/bulk`,
        body: { ids: group.map(({ id }) => id), act: bulk(group[0]!) },
        acts: group.flatMap((card) => one(card).acts ?? []),
      }),
    )
  }

  #isAt(id: string, place: Place): boolean {
    const card = this.#board.card(id)
    if (!card) return true
    const home = this.#placeOf(card)
    return place.before !== undefined && home.columnId === place.columnId && home.before === place.before
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

const inPortions = (cards: TaskCard[]): TaskCard[][] =>
  Array.from({ length: Math.ceil(cards.length / MOST_AT_ONCE) }, (_, n) =>
    cards.slice(n * MOST_AT_ONCE, (n + 1) * MOST_AT_ONCE),
  )

const moving = (id: string, place: Place): CardWrite => ({
  method: 'PUT',
  path: `/api/tasks/${id}/position`,
  body: place,
  acts: [{ name: 'moveTask', args: { id, at: new Date().toISOString(), ...place } }],
})

const archiving = (id: string): CardWrite => ({
  method: 'PUT',
  path: `/api/tasks/${id}/archived`,
  acts: [{ name: 'deleteTask', args: { id } }],
})

const removing = (id: string): CardWrite => ({
  method: 'DELETE',
  path: `/api/tasks/${id}`,
  acts: [{ name: 'deleteTask', args: { id } }],
})

const editing = (id: string, changes: CardEdit, scope?: 'this' | 'following'): CardWrite => ({
  method: 'PATCH',
  path: `/api/tasks/${id}`,
  body: { ...changes, ...(scope && { scope }) },
  acts: [{ name: 'updateTask', args: { id, changes } }],
})
