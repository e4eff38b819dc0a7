export type Lanes = ReturnType<typeof createLanes>

/**
 * Lets only a few commits into one stream at a time: one that has its row, one that is next. More would wait at the same
 * row inside the database, which costs it more than it costs us to let them wait here.
 */
export function createLanes(width = 2) {
  const lanes = new Map<string, { inside: number; waiting: (() => void)[] }>()

  function leave(name: string) {
    const lane = lanes.get(name)!
    const next = lane.waiting.shift()
    if (next) return next()
    lane.inside--
    if (lane.inside === 0) lanes.delete(name)
  }

  async function pass<T>(name: string | undefined, run: () => Promise<T>): Promise<T> {
    if (name === undefined) return run()
    const lane = lanes.get(name) ?? { inside: 0, waiting: [] }
    lanes.set(name, lane)
    if (lane.inside < width) lane.inside++
    else await new Promise<void>((enter) => lane.waiting.push(enter))
    try {
      return await run()
    } finally {
      leave(name)
    }
  }

  return { pass }
}
