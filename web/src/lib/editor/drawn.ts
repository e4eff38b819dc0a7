import type { Parsed } from './markdown.ts'

/** What the pieces of one drawn text share. */
export interface Drawn extends Parsed {
  names: readonly string[]
  ontick?: ((index: number, isTicked: boolean) => void) | undefined
  boxLabel: (text: string) => string
}
