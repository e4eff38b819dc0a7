import type { Crowded } from '../columns/spreading.ts'
import type { NewsForMany } from '../notifications/telling-many.ts'
import type { Followed } from '../recurrence/following.ts'

/** Every kind of job, with the data that it carries. What acts in a workspace names it as `workspaceId`. */
export interface JobKinds {
  'columns.spread': Crowded
  'notifications.tell': NewsForMany
  'recurrence.follow': Followed
}

export type JobKind = keyof JobKinds & string

export interface KindOptions {
  /** How many of this kind one worker does at a time. */
  concurrency: number
  /** Tries after the first; then the job is a dead letter. */
  retries: number
  /** The wait before the first retry; it doubles, with jitter, up to `longestWaitSeconds`. */
  waitSeconds: number
  longestWaitSeconds: number
  /** How long one try may take. */
  withinSeconds: number
}

export const USUAL: KindOptions = {
  concurrency: 2,
  retries: 8,
  waitSeconds: 2,
  longestWaitSeconds: 600,
  withinSeconds: 300,
}

export const JOB_KINDS: Record<JobKind, KindOptions> = {
  'columns.spread': USUAL,
  'notifications.tell': USUAL,
  'recurrence.follow': USUAL,
}

/** Where jobs end that failed too often. */
export const DEAD_LETTERS = 'dead-letters'

/** A worker that says nothing for so long is dead: others take over what it was at. */
export const HEARTBEAT_SECONDS = 20
