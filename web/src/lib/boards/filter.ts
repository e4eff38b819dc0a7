import type { Priority, TaskCard } from '@taskflow/shared/dto/task.ts'
import type { When } from '@taskflow/shared/dto/when.ts'
import { daysLater, hasBegun, isOverdue } from '../time/days.ts'
import { inZone } from '../time/when.ts'

export const DUE_FILTERS = ['overdue', 'today', 'week', 'none'] as const
export type DueFilter = (typeof DUE_FILTERS)[number]

export const START_FILTERS = ['started', 'today', 'week', 'none'] as const
export type StartFilter = (typeof START_FILTERS)[number]

export const STATE_FILTERS = ['open', 'done'] as const
export type StateFilter = (typeof STATE_FILTERS)[number]

/** What is looked for, as it stands in the address. Within a field any may match, and every field must. */
export interface Filter {
  text: string
  isMine: boolean
  /** Waits for a task that is not done. */
  isBlocked: boolean
  assigneeIds: string[]
  labelIds: string[]
  priorities: Priority[]
  due: DueFilter | null
  start: StartFilter | null
  state: StateFilter | null
  columnIds: string[]
  creatorIds: string[]
}

export const NOBODY = 'nobody'
export const NO_LABEL = 'none'
const LISTS = {
  assigneeIds: 'assignee',
  labelIds: 'label',
  priorities: 'priority',
  columnIds: 'column',
  creatorIds: 'creator',
} as const

export function readFilter(params: Pick<URLSearchParams, 'get' | 'has'>): Filter {
  const list = (name: string) => params.get(name)?.split(',').filter(Boolean) ?? []
  const oneOf = <T extends string>(known: readonly T[], name: string) =>
    known.find((one) => one === params.get(name)) ?? null
  return {
    text: params.get('q') ?? '',
    isMine: params.has('mine'),
    isBlocked: params.has('blocked'),
    assigneeIds: list('assignee'),
    labelIds: list('label'),
    priorities: list('priority') as Priority[],
    due: oneOf(DUE_FILTERS, 'due'),
    start: oneOf(START_FILTERS, 'start'),
    state: oneOf(STATE_FILTERS, 'state'),
    columnIds: list('column'),
    creatorIds: list('creator'),
  }
}

/** The address with this filter; what else is in it stays. */
export function writeFilter(search: string, filter: Filter): URLSearchParams {
  const next = new URLSearchParams(search)
  const set = (name: string, value: string) => (value ? next.set(name, value) : next.delete(name))
  set('q', filter.text)
  set('mine', filter.isMine ? '1' : '')
  set('blocked', filter.isBlocked ? '1' : '')
  set('due', filter.due ?? '')
  set('start', filter.start ?? '')
  set('state', filter.state ?? '')
  for (const [field, name] of Object.entries(LISTS)) set(name, filter[field as keyof typeof LISTS].join(','))
  return next
}

export const isFiltering = (filter: Filter): boolean => fieldCount(filter) > 0 || filter.text.trim() !== ''

/** How many fields narrow the board, the text aside. */
export const fieldCount = (filter: Filter): number =>
  [
    filter.isMine,
    filter.isBlocked,
    filter.due,
    filter.start,
    filter.state,
    ...Object.keys(LISTS).map((field) => filter[field as keyof typeof LISTS].length),
  ].filter(Boolean).length

export const NO_FILTER: Filter = readFilter(new URLSearchParams())

interface Looker {
  userId: string
  zone: string | undefined
  /** Today where the person is, `2026-11-20`. */
  today: string
  now: string
  key: string
  /** One of another board is not known, and counts as not done. */
  isDone(taskId: string): boolean
}

export function matcherOf(
  filter: Filter,
  { userId, zone, today, now, key, isDone }: Looker,
): (card: TaskCard) => boolean {
  const words = filter.text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const weekEnd = daysLater(today, 7)
  const isToday = (when: When | null) => when !== null && inZone(when, zone).date === today
  const isThisWeek = (when: When | null) => {
    const date = when && inZone(when, zone).date
    return date !== null && date >= today && date <= weekEnd
  }
  const tests: ((card: TaskCard) => boolean)[] = []
  if (filter.isMine) tests.push(({ assigneeIds }) => assigneeIds.includes(userId))
  if (filter.assigneeIds.length)
    tests.push((card) =>
      filter.assigneeIds.some((id) => (id === NOBODY ? card.assigneeIds.length === 0 : card.assigneeIds.includes(id))),
    )
  if (filter.isBlocked) tests.push(({ blockedByIds }) => blockedByIds.some((id) => !isDone(id)))
  if (filter.labelIds.length)
    tests.push(({ labelIds }) =>
      filter.labelIds.some((id) => (id === NO_LABEL ? labelIds.length === 0 : labelIds.includes(id))),
    )
  if (filter.priorities.length) tests.push(({ priority }) => filter.priorities.includes(priority))
  if (filter.columnIds.length) tests.push(({ columnId }) => filter.columnIds.includes(columnId))
  if (filter.creatorIds.length)
    tests.push(({ createdBy }) => createdBy !== null && filter.creatorIds.includes(createdBy))
  if (filter.state) tests.push(({ closedAt }) => (closedAt !== null) === (filter.state === 'done'))
  if (filter.due === 'none') tests.push(({ due }) => due === null)
  if (filter.due === 'overdue') tests.push(({ due, closedAt }) => !closedAt && isOverdue(due, today, now))
  if (filter.due === 'today') tests.push(({ due }) => isToday(due))
  if (filter.due === 'week') tests.push(({ due }) => isThisWeek(due))
  if (filter.start === 'none') tests.push(({ start }) => start === null)
  if (filter.start === 'started') tests.push(({ start }) => start !== null && hasBegun(start, today, now))
  if (filter.start === 'today') tests.push(({ start }) => isToday(start))
  if (filter.start === 'week') tests.push(({ start }) => isThisWeek(start))
  if (words.length) {
    tests.push(({ title, number }) => {
      const text = `${title} ${key}-${number}`.toLocaleLowerCase()
      return words.every((word) => text.includes(word))
    })
  }
  return (card) => tests.every((passes) => passes(card))
}
