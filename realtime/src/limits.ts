/** Times that a test may shorten; `createRealtime` takes other values for some of them. */
export const TIMING = {
  headsEveryMs: 9_000,
  checkHeadsEveryMs: 10_000,
  housekeepingEveryMs: 1_000,
  gapPatienceMs: 150,
  joinPatienceMs: 5_000,
  probeEveryMs: 5_000,
  probeValidMs: 15_000,
  redisLostAfterMs: 5_000,
  unsentPatienceMs: 5_000,
  keepUnusedStreamMs: 60_000,
  presenceEveryMs: 100,
  presenceRefreshMs: 10_000,
  presenceLeaseMs: 30_000,
  drainMs: 8_000,
}
export type Timing = typeof TIMING

export const UNSENT_LIMIT_BYTES = 256 * 1024
export const FRAME_LIMIT_BYTES = 64 * 1024
export const MESSAGE_LIMIT_BYTES = 128 * 1024
export const STREAMS_PER_SOCKET = 200

/** How far behind a reader may be to be brought on by facts; further away a snapshot is cheaper. */
export const FACTS_BEHIND_LIMIT = 5_000
export const RING_LIMIT_FACTS = 5_000
export const RING_LIMIT_BYTES = 4 * 1024 * 1024
export const RING_LIMIT_AGE_MS = 10 * 60_000
export const ALL_RINGS_LIMIT_BYTES = 64 * 1024 * 1024
export const PARKED_LIMIT_FACTS = 2_000

export const TICKET_LIFE_MS = 10 * 60_000
export const TOKEN_LIFE_MS = 15 * 60_000
export const CLOCK_SKEW_MS = 30_000
/** How long a socket lives on after its token and its last ticket have expired. */
export const UNTICKETED_LIFE_MS = 10 * 60_000
