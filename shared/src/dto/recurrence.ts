import { z } from 'zod'
import { When, WhenInput } from './when.ts'

/** `due`: the next date follows from the one before; `completion`: from the day on which that one was done. */
export const ANCHORS = ['due', 'completion'] as const
export const Anchor = z.enum(ANCHORS)
export type Anchor = z.infer<typeof Anchor>

/** How a task repeats: a recurrence rule of RFC 5545, and the zone whose clock and calendar it follows. */
export const Recurrence = z.object({ rrule: z.string(), zone: z.string(), anchor: Anchor })
export type Recurrence = z.infer<typeof Recurrence>

const RRULE = z.string().max(300)
const ZONE = z.string().max(64)

/** Without a zone, that of the due date or else of the person. */
export const RecurrenceInput = z.strictObject({ rrule: RRULE, zone: ZONE.optional(), anchor: Anchor.default('due') })
export type RecurrenceInput = z.infer<typeof RecurrenceInput>

export const RecurrencePreviewInput = z.strictObject({
  rrule: RRULE,
  start: WhenInput,
  zone: ZONE.optional(),
  anchor: Anchor.default('due'),
  /** When the one that is due at `start` was done; the dates are those that follow. */
  completedAt: z.iso.datetime({ offset: true }).optional(),
  count: z.int().min(1).max(50).default(5),
})
export type RecurrencePreviewInput = z.infer<typeof RecurrencePreviewInput>

/** `rrule` as it is kept; fewer dates than asked for where the rule ends. */
export const RecurrencePreview = z.object({
  rrule: z.string(),
  dates: z.array(When),
  words: z.object({ en: z.string(), de: z.string() }),
})
export type RecurrencePreview = z.infer<typeof RecurrencePreview>
