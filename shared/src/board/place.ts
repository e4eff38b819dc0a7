import { byPosition, positionBetween } from './position.ts'

/** Next to a neighbour, or, with null, at the end (`before`) or the top (`after`); with neither, at the end. */
export interface Place {
  before?: string | null
  after?: string | null
}

/** The key that the server will compute, but for its noise. `rows` are without the one that moves. */
export function positionAt(rows: { id: string; position: string }[], { before, after }: Place): string {
  const ordered = rows.toSorted(byPosition)
  const isAfter = after !== undefined && before === undefined
  const neighbour = isAfter ? after : before
  const anchor = neighbour ? ordered.find(({ id }) => id === neighbour)?.position : undefined
  const keys = ordered.map(({ position }) => position)
  if (anchor === undefined) {
    return isAfter ? positionBetween(null, keys[0] ?? null) : positionBetween(keys.at(-1) ?? null, null)
  }
  return isAfter
    ? positionBetween(anchor, keys.find((key) => key > anchor) ?? null)
    : positionBetween(keys.findLast((key) => key < anchor) ?? null, anchor)
}
