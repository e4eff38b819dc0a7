import type { QuietHours } from '@taskflow/shared/dto/preferences.ts'

/** When the quiet hours that are now will be over; null if they are not now. */
export function endOfQuietHours({ from, to }: QuietHours, at: Date, zone: string): Date | null {
  const now = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)
  const today = now.toPlainDate()
  const [start, end] = [Temporal.PlainTime.from(from), Temporal.PlainTime.from(to)]
  const overnight = Temporal.PlainTime.compare(start, end) >= 0
  for (const day of [today.subtract({ days: 1 }), today]) {
    const begins = day.toZonedDateTime({ timeZone: zone, plainTime: start })
    const ends = (overnight ? day.add({ days: 1 }) : day).toZonedDateTime({ timeZone: zone, plainTime: end })
    const within = Temporal.ZonedDateTime.compare(begins, now) <= 0 && Temporal.ZonedDateTime.compare(now, ends) < 0
    if (within) return new Date(ends.epochMilliseconds)
  }
  return null
}
