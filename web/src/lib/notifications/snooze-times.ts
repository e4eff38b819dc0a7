import { daysLater, nextMonday } from '#lib/time/days.ts'
import { dayIn, instantOf } from '#lib/time/zones.ts'

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

const iso = (ms: number) => new Date(ms).toISOString()
