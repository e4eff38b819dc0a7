import { generateKeyBetween } from 'fractional-indexing'

interface Placed {
  id: string
  position: string
}

/** Right before or right after a neighbour; `before: null` is the end, `after: null` the start, neither is the end. */
export interface Place {
  before?: string | null
  after?: string | null
}

/** By code unit, like `COLLATE "C"` in the database; the id decides between equal keys. */
export const byPosition = (a: Placed, b: Placed) =>
  a.position < b.position ? -1 : a.position > b.position ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0

/** The key for a place among rows that do not hold the moved one. A neighbour that has gone means the end. */
export function keyAt(rows: Placed[], place: Place): string {
  const ordered = rows.toSorted(byPosition)
  const at = indexOf(ordered, place)
  const left = ordered[at - 1]?.position ?? null
  const right = ordered.slice(at).find((row) => left === null || row.position > left)?.position ?? null
  return generateKeyBetween(left, right)
}

function indexOf(ordered: Placed[], { before, after }: Place): number {
  if (before) {
    const at = ordered.findIndex((row) => row.id === before)
    return at < 0 ? ordered.length : at
  }
  if (after === null && before === undefined) return 0
  const at = after ? ordered.findIndex((row) => row.id === after) : -1
  return at < 0 ? ordered.length : at + 1
}
