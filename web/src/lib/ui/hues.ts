import type { Hue } from '@taskflow/shared/dto/board.ts'

/** Spelled again, so that the schema library stays out of the browser. */
export const HUES: readonly Hue[] = [
  ...(['red', 'orange', 'amber', 'lime', 'green', 'teal'] as const),
  ...(['cyan', 'blue', 'indigo', 'violet', 'pink', 'grey'] as const),
]

/** The first that no label has yet, so that a new one is told apart. */
export function nextHue(used: readonly Hue[]): Hue {
  const count = (hue: Hue) => used.filter((one) => one === hue).length
  return HUES.toSorted((a, b) => count(a) - count(b) || HUES.indexOf(a) - HUES.indexOf(b))[0]!
}
