import { byPosition } from '@taskflow/shared/board/position.ts'
import type { TaskCard } from '@taskflow/shared/dto/task.ts'

const NONE: TaskCard[] = []

/** The cards of a board by column, in order. An update costs what changed, and tells which columns did. */
export class Arrangement {
  #cards = new Map<string, TaskCard>()
  #columns = new Map<string, TaskCard[]>()
  #last: readonly TaskCard[] = NONE

  card(id: string): TaskCard | undefined {
    return this.#cards.get(id)
  }

  /** The same array until something in it changes. */
  cardsIn(columnId: string): TaskCard[] {
    return this.#columns.get(columnId) ?? NONE
  }

  update(tasks: readonly TaskCard[]): Set<string> {
    const edit = new Edit(this.#columns)
    const last = this.#last
    this.#last = tasks
    for (const [index, card] of tasks.entries()) {
      // Most are the same, and where they were.
      if (card === last[index]) continue
      const known = this.#cards.get(card.id)
      if (known === card) continue
      this.#cards.set(card.id, card)
      edit.replace(known, card)
    }
    if (this.#cards.size > tasks.length) this.#forgetAllBut(tasks, edit)
    edit.finish()
    return edit.touched
  }

  #forgetAllBut(tasks: readonly TaskCard[], edit: Edit) {
    const kept = new Set(tasks.map(({ id }) => id))
    for (const [id, card] of this.#cards) {
      if (kept.has(id)) continue
      this.#cards.delete(id)
      edit.replace(card, undefined)
    }
  }
}

/** Few changes are put in their place one by one; many are sorted at the end. */
const FEW = 40

class Edit {
  touched = new Set<string>()
  #columns: Map<string, TaskCard[]>
  #gone = new Map<string, Set<string>>()
  #come = new Map<string, TaskCard[]>()

  constructor(columns: Map<string, TaskCard[]>) {
    this.#columns = columns
  }

  replace(before: TaskCard | undefined, after: TaskCard | undefined) {
    if (before) {
      this.touched.add(before.columnId)
      getOrMake(this.#gone, before.columnId, () => new Set<string>()).add(before.id)
    }
    if (after) {
      this.touched.add(after.columnId)
      getOrMake(this.#come, after.columnId, () => [] as TaskCard[]).push(after)
    }
  }

  finish() {
    for (const columnId of this.touched) {
      const gone = this.#gone.get(columnId)
      const come = this.#come.get(columnId) ?? []
      const known = this.#columns.get(columnId) ?? []
      const kept = gone ? known.filter(({ id }) => !gone.has(id)) : [...known]
      if (come.length > FEW) kept.push(...come)
      else for (const card of come) kept.splice(placeOf(kept, card), 0, card)
      this.#columns.set(columnId, come.length > FEW ? kept.sort(byPosition) : kept)
    }
  }
}

function placeOf(cards: TaskCard[], card: TaskCard): number {
  let low = 0
  let high = cards.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (byPosition(cards[middle]!, card) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known) return known
  const made = make()
  map.set(key, made)
  return made
}
