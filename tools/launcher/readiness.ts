import { setTimeout as delay } from 'node:timers/promises'
import { Fault } from './fault.ts'

const WITHIN_MS = 60_000
const POLL_MS = 50

/** Asks until the answer is a good one; what it said last tells why it never was. */
export async function untilReady(name: string, url: string, signal: AbortSignal): Promise<void> {
  const until = Date.now() + WITHIN_MS
  let last = 'it did not answer'
  while (Date.now() < until) {
    try {
      const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) })
      const text = await answer.text()
      if (answer.status < 400) return
      last = `${answer.status} ${text.slice(0, 300)}`
    } catch {
      // Not listening yet.
    }
    await delay(POLL_MS, undefined, { signal })
  }
  throw new Fault(`${name} was not ready within ${WITHIN_MS / 1000} s: ${last}`)
}
