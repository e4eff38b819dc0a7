import { TooMany } from '../errors.ts'

const WINDOW_MS = 60_000
const WRITES_PER_WINDOW = 3000

// Far above what hands can do; a runaway script meets it. Counted in this process, for it must cost nothing.
export function createWriteLimit(scale: number, now: () => number = Date.now) {
  const limit = Math.ceil(WRITES_PER_WINDOW * scale)
  const counts = new Map<string, number>()
  let windowEndsAt = 0
  return (userId: string): void => {
    const at = now()
    if (at >= windowEndsAt) {
      counts.clear()
      windowEndsAt = at + WINDOW_MS
    }
    const count = (counts.get(userId) ?? 0) + 1
    counts.set(userId, count)
    if (count <= limit) return
    throw new TooMany('request.too_many', 'Too many changes in a short time.', Math.ceil((windowEndsAt - at) / 1000))
  }
}
