import type { TaskCard } from '@taskflow/shared/dto/task.ts'
import type { Lift } from './board.svelte.ts'

/** A column's cards with the one in the hand where it would fall. */
export function withLifted(
  cards: TaskCard[],
  columnId: string,
  lift: Lift | null,
  find: (id: string) => TaskCard | undefined,
): TaskCard[] {
  if (!lift) return cards
  const from = cards.findIndex(({ id }) => id === lift.id)
  if (lift.columnId !== columnId) return from < 0 ? cards : cards.toSpliced(from, 1)
  const card = find(lift.id)
  if (!card) return cards
  const others = from < 0 ? cards : cards.toSpliced(from, 1)
  const at = lift.before === null ? -1 : others.findIndex(({ id }) => id === lift.before)
  return at < 0 ? [...others, card] : others.toSpliced(at, 0, card)
}
