import { dropItem, type ItemWish, progressOf, putItem } from '@taskflow/shared/board/checklist.ts'
import type { ChecklistItem, Progress } from '@taskflow/shared/dto/task.ts'

export type Kind = ChecklistItem['kind']
type Items = ChecklistItem[]

/** What is wanted of one item; null takes it away. */
export interface ItemChange {
  itemId: string
  wish: ItemWish | null
}

/** What one does to single items, and what takes it back from the list as it is by then. */
export interface Deed {
  changes: ItemChange[]
  back(items: Items): ItemChange[]
}

export const tickItem = ({ id }: ChecklistItem, done: boolean): Deed => changing(id, { done }, () => ({ done: !done }))

/** With its kind, so that a text stays where it was written if somebody removed the item meanwhile. */
export const rewriteItem = ({ id, text, kind }: ChecklistItem, wanted: string): Deed =>
  changing(id, { text: wanted, kind }, () => ({ text, kind }))

export const addItems = (added: Items): Deed => ({
  changes: added.map(({ id: itemId, ...wish }) => ({ itemId, wish })),
  back: () => added.map(({ id: itemId }) => ({ itemId, wish: null })),
})

export const removeItem = ({ id: itemId, ...item }: ChecklistItem, items: Items): Deed => ({
  changes: [{ itemId, wish: null }],
  back: (now) => [{ itemId, wish: { ...item, ...placeOf(itemId, items, now) } }],
})

/** Up or down among those of its kind; null at their end. */
export function moveItem({ id, kind }: ChecklistItem, step: 1 | -1, items: Items): Deed | null {
  const same = items.filter((item) => item.kind === kind)
  const neighbour = same[same.findIndex((item) => item.id === id) + step]
  if (!neighbour) return null
  const wish = step > 0 ? { after: neighbour.id } : { before: neighbour.id }
  return changing(id, wish, (now) => placeOf(id, items, now))
}

/** What a change adds to the count of all items and of those that are done. */
export function countsOf(items: Items, { itemId, wish }: ItemChange): Progress {
  const before = progressOf(items) ?? NONE
  const after = progressOf(wish ? putItem(items, itemId, wish) : dropItem(items, itemId)) ?? NONE
  return { done: after.done - before.done, total: after.total - before.total }
}

const NONE: Progress = { done: 0, total: 0 }

/** Taking it back does not bring back an item that somebody removed meanwhile. */
const changing = (itemId: string, wish: ItemWish, back: (items: Items) => ItemWish): Deed => ({
  changes: [{ itemId, wish }],
  back: (now) => (now.some(({ id }) => id === itemId) ? [{ itemId, wish: back(now) }] : []),
})

/** Below the nearest of those that stood above it and are still there. */
function placeOf(itemId: string, before: Items, now: Items): ItemWish {
  const above = before.slice(
    0,
    before.findIndex(({ id }) => id === itemId),
  )
  return { after: above.findLast(({ id }) => now.some((item) => item.id === id))?.id ?? null }
}

/** One item per line, without the signs that lists begin with elsewhere. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*+•]|\d+[.)])?\s*(?:\[[ xX]\]\s*)?/, '').trim())
    .filter(Boolean)
