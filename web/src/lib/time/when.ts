import type { When } from '@taskflow/shared/dto/when.ts'

/** A day, or a minute of a day somewhere, with the instant that it names. */
export function toWhen(date: string, time: string | null, zone: string): When {
  if (!time) return { date, time: null, zone: null, at: null }
  return { date, time, zone, at: new Date(instantOf(date, time, zone)).toISOString() }
}

/** The same moment as clocks of another zone show it. A whole day is the same day everywhere. */
export function inZone(when: When, zone: string): When {
  if (!when.at || when.zone === zone) return when
  const wall = new Date(wallOf(Date.parse(when.at), zone)).toISOString()
  return { date: wall.slice(0, 10), time: wall.slice(11, 16), zone, at: when.at }
}

/** What one choice for several means for each: a day leaves it its own time, a time goes to all. */
export function chosenFor(own: When | null, chosen: When | null, shown: When | null, zone: string): When | null {
  const isTime = (chosen?.time ?? null) !== (shown && inZone(shown, zone).time)
  if (!chosen || isTime) return chosen
  return toWhen(chosen.date, own && inZone(own, zone).time, zone)
}

export const isSameWhen = (a: When | null, b: When | null): boolean =>
  a?.date === b?.date && (a?.time ?? null) === (b?.time ?? null) && (a?.zone ?? null) === (b?.zone ?? null)

/** The next day of the week after one, Monday being 1. */
export function nextWeekday(day: string, weekday: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + ((weekday - date.getUTCDay() + 7) % 7 || 7))
  return date.toISOString().slice(0, 10)
}

/** A time that the clocks skip is read by the clock of before, and so lies right after the gap. */
function instantOf(date: string, time: string, zone: string): number {
  const wall = Date.parse(`${date}T${time}:00Z`)
  const before = wall - offsetAt(wall - 86_400_000, zone)
  const exact = wall - offsetAt(before, zone)
  return wallOf(exact, zone) === wall ? exact : before
}

const offsetAt = (instant: number, zone: string): number => wallOf(instant, zone) - instant

/** What a clock there shows at an instant, as if it stood in Greenwich. */
function wallOf(instant: number, zone: string): number {
  const parts = Object.fromEntries(
    clock(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  )
  return Date.parse(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:00Z`)
}

const clocks = new Map<string, Intl.DateTimeFormat>()
function clock(zone: string): Intl.DateTimeFormat {
  const two = '2-digit' as const
  const known = clocks.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: zone, calendar: 'iso8601', hourCycle: 'h23' },
    ...{ year: 'numeric', month: two, day: two, hour: two, minute: two },
  })
  clocks.set(zone, made)
  return made
}
