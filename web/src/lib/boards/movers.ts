import type { Envelope } from '@taskflow/shared/events/envelope.ts'

/** A flood of moves is shown as it ends: nobody can follow so many within a second. */
const MOST_A_SECOND = 8
const PLACING = new Set(['task.created', 'task.moved', 'task.closed', 'task.reopened', 'task.restored'])

export interface Mover {
  id: string
  name: string
}

/** Cards that facts put somewhere, with who did it. One's own lie there already, and so do not move again. */
export function createMovers(me: string, now: () => number = () => performance.now()) {
  let recent: number[] = []

  return function of(facts: Envelope[]): Map<string, Mover> {
    const moved = new Map<string, Mover>()
    for (const { type, data, actor } of facts) {
      const { id } = data as { id?: string }
      if (id && PLACING.has(type)) moved.set(id, { id: actor.id ?? '', name: actor.id === me ? '' : actor.name })
    }
    const at = now()
    recent = [...recent.filter((before) => before > at - 1000), ...Array(moved.size).fill(at)]
    return recent.length > MOST_A_SECOND ? new Map() : moved
  }
}
