import { When, type WhenInput } from '@taskflow/shared/dto/when.ts'
import { Invalid } from '../errors.ts'

/** The last whose every minute has four digits of a year in every zone. */
export const LAST_YEAR = 9998

/** The day or minute that was meant, with the instant that it names. A time without a zone is taken in `zone`. */
export function toWhen(input: WhenInput | null, path: string, zone = 'UTC'): When | null {
  if (input === null) return null
  try {
    return typeof input === 'string' ? fromText(input, zone) : fromParts(input, zone)
  } catch {
    throw new Invalid([{ path, message: 'is not a date, a time or a time zone that exists' }])
  }
}

function fromText(text: string, zone: string): When {
  if (text.length === 10) return fromParts({ date: text }, zone)
  const local = Temporal.Instant.from(text).toZonedDateTimeISO(zone)
  return fromParts(
    { date: local.toPlainDate().toString(), time: local.toPlainTime().toString().slice(0, 5), zone },
    zone,
  )
}

function fromParts(
  { date, time, zone }: { date: string; time?: string | null; zone?: string | null },
  fallback: string,
): When {
  const day = Temporal.PlainDate.from(date, { overflow: 'reject' })
  if (day.year < 1 || day.year > LAST_YEAR) throw new RangeError('a year that is not stored')
  if (!time) return { date, time: null, zone: null, at: null }
  const local = day.toPlainDateTime(Temporal.PlainTime.from(time))
  const named = zone ?? fallback
  const instant = local.toZonedDateTime(named, { disambiguation: 'compatible' }).toInstant()
  return { date, time, zone: named, at: new Date(instant.epochMilliseconds).toISOString() }
}

/** A task cannot be due before it starts. */
export function refuseDueBeforeStart(start: When | null, due: When | null): void {
  if (!start || !due) return
  const early = start.at && due.at ? due.at < start.at : due.date < start.date
  if (early) throw new Invalid([{ path: 'due', message: 'is before the start' }], 'tasks.due_before_start')
}
