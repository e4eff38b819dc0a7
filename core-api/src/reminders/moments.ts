import type { ReminderKind } from '@taskflow/shared/dto/reminder.ts'
import type { When } from '@taskflow/shared/dto/when.ts'

/** `due_soon` and `overdue` come with being assigned. */
export type Kind = ReminderKind | 'due_soon'
export const ALERTS: Kind[] = ['due_soon', 'overdue']

const BEFORE: Partial<Record<Kind, Temporal.DurationLike>> = {
  '15m': { minutes: 15 },
  '1h': { hours: 1 },
  '1d': { days: 1 },
  '1w': { weeks: 1 },
  due_soon: { days: 1 },
}

/** The moment that a kind names. A day is over when it ends where the person is; days are counted there, too. */
export function momentOf(kind: Kind, due: When | null, zone: string | null): string | null {
  if (!due || kind === 'custom') return null
  const end = endOf(due, zone)
  const moment = BEFORE[kind] ? end.subtract(BEFORE[kind]) : end
  return new Date(moment.epochMilliseconds).toISOString()
}

/** When a task is overdue. */
export const overdueAt = (due: When, zone: string | null): string =>
  new Date(endOf(due, zone).epochMilliseconds).toISOString()

function endOf(due: When, zone: string | null): Temporal.ZonedDateTime {
  if (due.at) return Temporal.Instant.from(due.at).toZonedDateTimeISO(due.zone ?? zone ?? 'UTC')
  return Temporal.PlainDate.from(due.date)
    .add({ days: 1 })
    .toZonedDateTime(zone ?? 'UTC')
}
