import type { TaskCard } from '@taskflow/shared/dto/task.ts'

const CHARACTERS_PER_LINE = 37
const LINE_PX = 19
const LINES = 3
const PADDING_PX = 20
const ROW_PX = 26

/** Close to what a card will measure, so that a scrollbar does not jump when it is drawn. */
export function estimateHeight({ title, labelIds }: TaskCard): number {
  const lines = Math.min(LINES, Math.max(1, Math.ceil(title.length / CHARACTERS_PER_LINE)))
  const labelRows = labelIds.length > 2 ? 1 : 0
  return PADDING_PX + lines * LINE_PX + ROW_PX * (1 + labelRows)
}
