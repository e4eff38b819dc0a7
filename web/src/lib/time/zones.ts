import { formatOf } from './formats.ts'

// Without a zone, that of the machine is meant.
type Zone = string | undefined

export const zoneOfDevice = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

const two = '2-digit' as const
const CLOCK = {
  ...{ calendar: 'iso8601', hourCycle: 'h23' },
  ...{ year: 'numeric', month: two, day: two, hour: two, minute: two },
} satisfies Intl.DateTimeFormatOptions

/** What a clock there shows at an instant, as if it stood in Greenwich. */
export function wallOf(instant: number, zone: Zone): number {
  const parts = formatOf('en-CA', { ...CLOCK, timeZone: zone }).formatToParts(instant)
  const { year, month, day, hour, minute } = Object.fromEntries(parts.map(({ type, value }) => [type, value]))
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`)
}

/** A time that the clocks skip is read by the clock of before, and so lies right after the gap. */
export function instantOf(day: string, time: string, zone: Zone): number {
  const wall = Date.parse(`${day}T${time}:00Z`)
  const before = wall - offsetAt(wall - 86_400_000, zone)
  const exact = wall - offsetAt(before, zone)
  return wallOf(exact, zone) === wall ? exact : before
}

/** The day that it is somewhere, `2026-11-20`. */
export const dayIn = (zone: Zone, now: number): string => new Date(wallOf(now, zone)).toISOString().slice(0, 10)

const offsetAt = (instant: number, zone: Zone): number => wallOf(instant, zone) - instant
