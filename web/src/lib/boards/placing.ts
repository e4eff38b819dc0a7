import type { TaskCard } from '@taskflow/shared/dto/task.ts'

/**
 * The card below the gap at a height of the screen, null at the end. Reads where things lie, not where an animation
 * shows them, so that cards on their way do not make the gap jump to and fro.
 */
export function placeAt(column: HTMLElement, clientY: number, liftedId: string, shown: TaskCard[]): string | null {
  const list = column.querySelector('ul')
  if (!list) return null
  const y = clientY - list.getBoundingClientRect().top + list.scrollTop
  let last: string | undefined
  for (const row of list.querySelectorAll<HTMLElement>('[data-card]')) {
    const id = row.dataset.card!
    if (id === liftedId || row.style.top) continue
    if (row.offsetTop + row.offsetHeight / 2 > y) return id
    last = id
  }
  const next = shown.findIndex(({ id }) => id === last) + 1
  const below = shown[next]?.id === liftedId ? shown[next + 1] : shown[next]
  return last === undefined ? null : (below?.id ?? null)
}
