export type Digest = 'hourly' | 'daily' | 'weekly'

const AT_HOUR = 8
const MONDAY = 1

/** The next full hour, or eight in the morning where the person is: of the next day, or of Monday. */
export function nextDigestAt(digest: Digest, after: Date, zone: string): Date {
  const now = Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(zone)
  const next =
    digest === 'hourly'
      ? now.round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: 1 })
      : nextMorning(now, digest)
  return new Date(next.epochMilliseconds)
}

function nextMorning(now: Temporal.ZonedDateTime, digest: 'daily' | 'weekly'): Temporal.ZonedDateTime {
  const morning = now.startOfDay().withPlainTime({ hour: AT_HOUR })
  const daysOn = digest === 'weekly' ? (MONDAY - now.dayOfWeek + 7) % 7 : 0
  const next = morning.add({ days: daysOn })
  if (Temporal.ZonedDateTime.compare(next, now) > 0) return next
  return next.add({ days: digest === 'weekly' ? 7 : 1 })
}
