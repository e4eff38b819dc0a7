import type { Clock } from '../clock.ts'

/** A clock that stands still until it is moved. */
export function createTestClock(start = Date.now()) {
  let now = start
  return {
    now: () => now,
    advance(ms: number) {
      now += ms
    },
  } satisfies Clock & Record<string, unknown>
}

export type TestClock = ReturnType<typeof createTestClock>
