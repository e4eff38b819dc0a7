import { setTimeout as delay } from 'node:timers/promises'
import type { Scene } from './scene.ts'

export const CONVERGE_WITHIN_MS = 5_000
const LOOK_EVERY_MS = 20

/**
 * I7: from now on, how long until everybody has what was there, says Live, and has an answer to what they had typed.
 * The others go on writing meanwhile. Past the limit it goes on looking for a while, to tell late from never;
 * `last` is what kept it from being over sooner.
 */
export async function measureConvergence(scene: Scene): Promise<{ ms: number; last: string[] }> {
  const start = Date.now()
  const heads = scene.streams.map((stream) => scene.ledger.headOf(stream))
  let last: string[] = []
  for (;;) {
    const missing = listMissing(scene, heads, start)
    const ms = Date.now() - start
    if (missing.length === 0 || ms > 4 * CONVERGE_WITHIN_MS * scene.slack) return { ms, last }
    last = missing
    await delay(LOOK_EVERY_MS)
  }
}

function listMissing({ writers, reader, streams }: Scene, heads: number[], start: number): string[] {
  const missing: string[] = []
  for (const { name, boards, unansweredBefore } of writers) {
    for (const [i, view] of boards.entries()) {
      const [{ is }, at] = [view.status, view.position?.seq ?? 0]
      if (at < heads[i]!) missing.push(`${name} is at ${at} of ${heads[i]}`)
      else if (is !== 'live') missing.push(`${name} is not live: ${JSON.stringify(view.status)}`)
    }
    const unanswered = unansweredBefore(start)
    if (unanswered > 0) missing.push(`${name} waits for ${unanswered} answers`)
  }
  for (const [i, stream] of streams.entries()) {
    if (reader.seqOf(stream) < heads[i]!) missing.push(`the reader is at ${reader.seqOf(stream)} of ${heads[i]}`)
  }
  if (!reader.isJoined()) missing.push('the reader has no socket')
  return missing
}
