export type Lanes = ReturnType<typeof createLanes>

interface Lane {
  inside: number
  waiting: (() => void)[]
  standing: NodeJS.Timeout | undefined
}

const STANDSTILL_MS = 25

/**
 * Lets only a few commits into one stream at a time: one that has its row, one that is next. More would wait at the same
 * row inside the database, which costs it more than it costs us to let them wait here. It is no lock: who waits may hold
 * a row that those inside wait for, so a lane that stands still lets everybody in and leaves the order to the database.
 */
export function createLanes(width = 2) {
  const lanes = new Map<string, Lane>()

  /** Resolves once there is room, with what leaves the lane again. */
  async function enter(name: string): Promise<() => void> {
    const lane = lanes.get(name) ?? { inside: 0, waiting: [], standing: undefined }
    lanes.set(name, lane)
    if (lane.inside < width) lane.inside++
    else await new Promise<void>((admit) => wait(lane, admit))
    return () => leave(name, lane)
  }

  function wait(lane: Lane, admit: () => void) {
    lane.waiting.push(admit)
    lane.standing ??= setInterval(() => letIn(lane, Infinity), STANDSTILL_MS)
  }

  function leave(name: string, lane: Lane) {
    lane.inside--
    letIn(lane, width)
    if (lane.waiting.length > 0) lane.standing?.refresh()
    else {
      clearInterval(lane.standing)
      lane.standing = undefined
    }
    if (lane.inside === 0) lanes.delete(name)
  }

  function letIn(lane: Lane, room: number) {
    while (lane.inside < room && lane.waiting.length > 0) {
      lane.inside++
      lane.waiting.shift()!()
    }
  }

  return { enter }
}
