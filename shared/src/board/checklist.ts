import type { ChecklistItem, Progress } from '../dto/task.ts'
import type { Place } from './place.ts'

type Items = ChecklistItem[]

/** What of an item is to change; with a text, it is also enough for a new one. */
export interface ItemWish extends Partial<Omit<ChecklistItem, 'id'>>, Place {}

/** The list with what is wanted of one item. Without a place it stays where it is; a new one goes to the end. */
export function putItem(items: Items, id: string, wish: ItemWish): Items {
  const known = items.find((item) => item.id === id)
  const { text = known?.text, done = known?.done ?? false, kind = known?.kind ?? 'step' } = wish
  if (text === undefined) return items
  const others = dropItem(items, id)
  const at = indexFor(others, wish) ?? (known ? items.indexOf(known) : others.length)
  return others.toSpliced(at, 0, { id, text, done, kind })
}

export const dropItem = (items: Items, id: string): Items => items.filter((item) => item.id !== id)

export const progressOf = (items: Items): Progress | null =>
  items.length === 0 ? null : { done: items.filter((item) => item.done).length, total: items.length }

/** A neighbour that has gone says nothing. */
function indexFor(others: Items, { before, after }: Place): number | undefined {
  if (before === null) return others.length
  if (before === undefined && after === null) return 0
  const at = others.findIndex(({ id }) => id === (before ?? after))
  if (at < 0) return undefined
  return before ? at : at + 1
}
