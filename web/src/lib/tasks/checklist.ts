import type { ChecklistItem, Progress } from '@taskflow/shared/dto/task.ts'

export type Kind = ChecklistItem['kind']
type Items = ChecklistItem[]

// Each answers the whole list, from the newest one: what others did to other items meanwhile stays.

export const progressOf = (items: Items): Progress | null =>
  items.length === 0 ? null : { done: items.filter(({ done }) => done).length, total: items.length }

export const tickItem =
  (id: string, done: boolean) =>
  (items: Items): Items =>
    items.map((item) => (item.id === id ? { ...item, done } : item))

export const rewriteItem =
  (id: string, text: string) =>
  (items: Items): Items =>
    items.map((item) => (item.id === id ? { ...item, text } : item))

export const addItems =
  (added: Items, at?: number) =>
  (items: Items): Items => {
    const known = new Set(items.map(({ id }) => id))
    return items.toSpliced(at ?? items.length, 0, ...added.filter(({ id }) => !known.has(id)))
  }

export const dropItems =
  (ids: string[]) =>
  (items: Items): Items =>
    items.filter(({ id }) => !ids.includes(id))

/** Up or down among those of its kind. */
export const moveItem =
  (id: string, step: 1 | -1) =>
  (items: Items): Items => {
    const item = items.find((one) => one.id === id)
    const same = items.filter(({ kind }) => kind === item?.kind)
    const neighbour = same[same.findIndex((one) => one.id === id) + step]
    if (!item || !neighbour) return items
    const without = items.filter((one) => one !== item)
    return without.toSpliced(without.indexOf(neighbour) + (step > 0 ? 1 : 0), 0, item)
  }

/** One item per line, without the signs that lists begin with elsewhere. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*+•]|\d+[.)])?\s*(?:\[[ xX]\]\s*)?/, '').trim())
    .filter(Boolean)
