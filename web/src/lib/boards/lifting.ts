import type { TaskCard } from '@taskflow/shared/dto/task.ts'
import type { Lift, LiveBoard } from './board.svelte.ts'
import { stepped } from './stepping.ts'
import { type Direction, focusCard } from './walking.ts'

/** A column's cards with the one in the hand where it would fall. */
export function withLifted(
  cards: TaskCard[],
  columnId: string,
  lift: Lift | null,
  lifted: TaskCard | undefined,
): TaskCard[] {
  if (!lift) return cards
  const from = cards.findIndex(({ id }) => id === lift.id)
  if (lift.columnId !== columnId) return from < 0 ? cards : cards.toSpliced(from, 1)
  if (!lifted) return cards
  const others = from < 0 ? cards : cards.toSpliced(from, 1)
  const at = lift.before === null ? -1 : others.findIndex(({ id }) => id === lift.before)
  return at < 0 ? [...others, lifted] : others.toSpliced(at, 0, lifted)
}

/** Takes a card up where it lies. */
export function liftCard(board: LiveBoard, id: string, by: Lift['by']): boolean {
  const card = board.card(id)
  if (!card || board.lift || !board.can('task:write')) return false
  const cards = board.shownIn(card.columnId)
  const before = cards[cards.findIndex((one) => one.id === id) + 1]?.id ?? null
  board.lift = { id, columnId: card.columnId, before, by }
  return true
}

/** One place further by key. Answers whether there was one. */
export function carry(board: LiveBoard, direction: Direction): boolean {
  const { lift } = board
  const next = lift && placeBeside(board, lift, direction)
  if (!next) return false
  board.lift = next
  void focusCard(board, lift.id)
  return true
}

function placeBeside(board: LiveBoard, lift: Lift, direction: Direction): Lift | null {
  const cards = board.shownIn(lift.columnId)
  if (direction === 'up' || direction === 'down') {
    const place = stepped(cards, lift.id, direction === 'up' ? -1 : 1)
    return place && { ...lift, ...place }
  }
  const at = cards.findIndex(({ id }) => id === lift.id)
  // In a folded one the card would be out of sight, and the focus with it.
  const columns = board.columns.filter(({ id }) => !board.folded.has(id))
  const x = columns.findIndex(({ id }) => id === lift.columnId) + (direction === 'left' ? -1 : 1)
  const column = columns[x]
  return column ? { ...lift, columnId: column.id, before: board.shownIn(column.id)[at]?.id ?? null } : null
}
