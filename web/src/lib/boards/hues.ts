import type { Hue } from '@taskflow/shared/dto/board.ts'

/** Spelled again, so that the schema library stays out of the browser. */
export const HUES_IN_ORDER = [
  'red',
  'orange',
  'amber',
  'lime',
  'green',
  'teal',
  'cyan',
  'blue',
  'indigo',
  'violet',
  'pink',
  'grey',
] as const satisfies readonly Hue[]
