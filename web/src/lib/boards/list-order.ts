import type { TaskCard } from '@taskflow/shared/dto/task.ts'
import { inZone } from '#lib/time/when.ts'
import { rankOf } from './priorities.ts'

export const LIST_COLUMNS = ['number', 'title', 'column', 'priority', 'due', 'updated'] as const
export type ListColumn = (typeof LIST_COLUMNS)[number]

export interface ListOrder {
  by: ListColumn
  isDown: boolean
}

const NAME = 'sort'
const USUAL: ListOrder = { by: 'column', isDown: false }

/** As it stands in the address: `due`, or `-due` from the last to the first. */
export function readOrder(search: string): ListOrder {
  const said = new URLSearchParams(search).get(NAME) ?? ''
  const by = LIST_COLUMNS.find((column) => column === said.replace(/^-/, ''))
  return by ? { by, isDown: said.startsWith('-') } : USUAL
}

/** The address with this order; what else is in it stays. */
export function writeOrder(search: string, { by, isDown }: ListOrder): URLSearchParams {
  const next = new URLSearchParams(search)
  if (by === USUAL.by && !isDown) next.delete(NAME)
  else next.set(NAME, `${isDown ? '-' : ''}${by}`)
  return next
}

interface Way {
  columnRank: (id: string) => number
  /** Where the person is, by whose clock a time is due. */
  zone: string | undefined
}

/** Cards in the order of one field; equal ones by number, and those without a value last either way. */
export function sortCards(cards: TaskCard[], { by, isDown }: ListOrder, way: Way): TaskCard[] {
  const value = VALUES[by]
  const sign = isDown ? -1 : 1
  return cards.toSorted((a, b) => {
    const [x, y] = [value(a, way), value(b, way)]
    if (x === null || y === null) return x === y ? a.number - b.number : x === null ? 1 : -1
    const order = typeof x === 'string' ? COLLATOR.compare(x, y as string) : x - (y as number)
    return order === 0 ? a.number - b.number : sign * order
  })
}

const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

const VALUES: Record<ListColumn, (card: TaskCard, way: Way) => string | number | null> = {
  number: ({ number }) => number,
  title: ({ title }) => title,
  column: ({ columnId }, { columnRank }) => columnRank(columnId),
  priority: ({ priority }) => rankOf(priority),
  due({ due: when }, { zone }) {
    const due = when && inZone(when, zone)
    return due && `${due.date} ${due.time ?? ''}`
  },
  updated: ({ updatedAt }) => updatedAt || null,
}
