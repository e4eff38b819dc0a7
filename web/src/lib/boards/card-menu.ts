import type { Anchor } from '#lib/ui/place.ts'

/** What the menu of cards shows: all that can be done, or one choice at once. */
export type CardChoice = 'all' | 'move' | 'assign' | 'label' | 'priority' | 'due'

export interface OpenCardMenu {
  ids: string[]
  anchor: Anchor
  choice: CardChoice
}
