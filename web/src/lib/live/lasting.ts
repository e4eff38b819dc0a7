import type { Status } from '@taskflow/shared/sync/liveness.ts'

/** Each new attempt to connect is no news: the fault that made it necessary stays on the screen until it is over. */
export function lasting(shown: Status, next: Status): Status {
  if (next.is !== 'not live' || shown.is !== 'not live' || shown.since === 0) return next
  if (next.reason === 'connecting' || next.reason === shown.reason) return shown
  return { ...next, since: Math.min(next.since, shown.since) }
}
