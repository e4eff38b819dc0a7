import { dayIn, daysLater } from '#lib/time/days.ts'

export interface SnoozeTime {
  name: 'later' | 'tomorrow' | 'nextWeek'
  at: string
}

const MORNING = '09:00'
const EVENING = '18:00'
const LATER_HOURS = 3
const HOUR_MS = 3_600_000

/** When something that is put off may come back, by the clock of the person. */
export function snoozeTimes(now: number, zone: string | undefined): SnoozeTime[] {
  const today = dayIn(zone, now)
  const evening = instantOf(today, EVENING, zone)
  const tomorrow = daysLater(today, 1)
  // Late in the day "later today" would be tomorrow already.
  const later = evening > now + HOUR_MS ? evening : now + LATER_HOURS * HOUR_MS
  const isToday = dayIn(zone, later) === today
  const times: SnoozeTime[] = [
    { name: 'tomorrow', at: iso(instantOf(tomorrow, MORNING, zone)) },
    { name: 'nextWeek', at: iso(instantOf(nextMonday(today), MORNING, zone)) },
  ]
  return isToday ? [{ name: 'later', at: iso(later) }, ...times] : times
}

/** The instant of a wall time somewhere; one that does not exist there moves forward by the gap. */
export function instantOf(day: string, time: string, zone: string | undefined): number {
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  const first = asUtc - offsetAt(asUtc, zone)
  const second = asUtc - offsetAt(first, zone)
  return Math.max(second, offsetAt(second, zone) === asUtc - second ? second : first)
}

/** How far a zone's clock is ahead of UTC at an instant. */
function offsetAt(instant: number, zone: string | undefined): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant)
  const of = (type: string) => Number(parts.find((part) => part.type === type)!.value)
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return wall - Math.floor(instant / 1000) * 1000
}

function nextMonday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return daysLater(day, (8 - weekday) % 7 || 7)
}

const iso = (ms: number) => new Date(ms).toISOString()
