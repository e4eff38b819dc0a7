import type { When } from '@taskflow/shared/dto/when.ts'
import { instantOf, wallOf, zoneOfDevice } from './zones.ts'

/** A day, or a minute of a day somewhere, with the instant that it names. */
export function toWhen(date: string, time: string | null, zone: string): When {
  if (!time) return { date, time: null, zone: null, at: null }
  return { date, time, zone, at: new Date(instantOf(date, time, zone)).toISOString() }
}

/**
 * The same moment as the clock of the person who reads it shows it. A whole day is the same day everywhere.
 * Long lists ask for each card again and again.
 */
export function inZone(when: When, zone = ZONE_HERE): When {
  if (!when.at || when.zone === zone) return when
  const known = read.get(when)
  if (known?.zone === zone) return known
  const wall = new Date(wallOf(Date.parse(when.at), zone)).toISOString()
  const here = { date: wall.slice(0, 10), time: wall.slice(11, 16), zone, at: when.at }
  read.set(when, here)
  return here
}

/** What one choice for several means for each: a day leaves it its own time, a time goes to all. */
export function chosenFor(own: When | null, chosen: When | null, shown: When | null, zone: string): When | null {
  const isTime = (chosen?.time ?? null) !== (shown && inZone(shown, zone).time)
  if (!chosen || isTime) return chosen
  return toWhen(chosen.date, own && inZone(own, zone).time, zone)
}

const ZONE_HERE = zoneOfDevice()
const read = new WeakMap<When, When>()
