import type { Clock } from './edges.ts'

const FIRST_MS = 250

/** Spread over the whole span, so that those who failed together do not come back together. */
export const backoff = (clock: Clock, failures: number, longestMs: number) =>
  Math.round(clock.random() * Math.min(longestMs, FIRST_MS * 2 ** Math.min(failures, 16))) + 20

/** `Retry-After`: seconds or a date. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (!header) return undefined
  const seconds = Number(header)
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000
  return ms > 0 ? ms : undefined
}
