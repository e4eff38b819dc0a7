import type { TaskCard } from '@taskflow/shared/dto/task.ts'

/** Where a card comes to lie one up (-1) or one down (1) among those shown; null if there is no such place. */
export function stepped(shown: Pick<TaskCard, 'id'>[], id: string, step: -1 | 1): { before: string | null } | null {
  const at = shown.findIndex((card) => card.id === id)
  if (at < 0 || !shown[at + step]) return null
  return { before: shown[step < 0 ? at - 1 : at + 2]?.id ?? null }
}
