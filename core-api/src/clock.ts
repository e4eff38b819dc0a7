/** The time, handed in: what waits for hours is tested in milliseconds. */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now`. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
