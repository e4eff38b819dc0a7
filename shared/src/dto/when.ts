import { z } from 'zod'

const DATE = z.iso.date()
const TIME = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 17:30')

/**
 * A day, or a minute of a day in a zone. The wall time is what the person meant and is kept;
 * `at` is the instant that it names, and is null for a whole day: a day has no instant of its own.
 */
export const When = z.object({
  date: DATE,
  time: TIME.nullable(),
  zone: z.string().nullable(),
  at: z.string().nullable(),
})
export type When = z.infer<typeof When>

/** `"2026-11-20"`, `"2026-11-20T17:00:00Z"`, or `{ date, time?, zone? }`: without a zone, in that of the person. */
export const WhenInput = z.union(
  [
    DATE,
    z.iso.datetime({ offset: true }),
    z.strictObject({ date: DATE, time: TIME.nullish(), zone: z.string().max(64).nullish(), at: z.string().nullish() }),
  ],
  { error: 'must be a date like 2026-11-20, or one with a time and a zone' },
)
export type WhenInput = z.infer<typeof WhenInput>
