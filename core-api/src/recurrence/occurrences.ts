import type { Recurrence } from '@taskflow/shared/dto/recurrence.ts'
import type { When } from '@taskflow/shared/dto/when.ts'
import { parseRule } from '@taskflow/shared/recurrence/parsing.ts'
import type { Rule } from '@taskflow/shared/recurrence/rule.ts'
import { dateAfterDone, datesAfter } from './dates.ts'

/** A day that a rule gives, and the time of day of its series, both by the clocks of the rule's zone. */
export interface Slot {
  date: string
  time: string | null
}

export interface Series extends Recurrence {
  /** The first of all. */
  start: Slot
}

/** The day that the rule gave, and when it is due: by the clock of a day that skips the time, later on that day. */
export interface Occurrence {
  date: string
  due: When
}

const localOf = (at: Date, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)

export const dayOf = (at: Date, zone: string): string => localOf(at, zone).toPlainDate().toString()

/** Where a due date lies for a rule of this zone. */
export function slotOf(due: When, zone: string): Slot {
  if (due.at === null || due.zone === zone) return { date: due.date, time: due.time }
  const local = localOf(new Date(due.at), zone)
  return { date: local.toPlainDate().toString(), time: local.toPlainTime().toString().slice(0, 5) }
}

/** A local time that does not exist moves forward by the gap; of one that exists twice, the first is meant. */
export function dueOn({ date, time }: Slot, zone: string): When {
  if (time === null) return { date, time: null, zone: null, at: null }
  const local = Temporal.PlainDate.from(date)
    .toPlainDateTime(Temporal.PlainTime.from(time))
    .toZonedDateTime(zone, { disambiguation: 'compatible' })
  const [day, clock] = local.toPlainDateTime().toString().slice(0, 16).split('T') as [string, string]
  return { date: day, time: clock, zone, at: new Date(local.epochMilliseconds).toISOString() }
}

/** All of a series from its first on, or those after a day, each where the one before is always done on its day. */
export function* listOccurrences(series: Series, after = ''): Generator<Occurrence> {
  const rule = parseRule(series.rrule)
  for (const date of datesAfter(rule, series.start.date, after)) {
    const due = dueOn({ date, time: series.start.time }, series.zone)
    if (isBeyond(rule, { date, due }, series.zone)) return
    yield { date, due }
  }
}

/**
 * What follows an occurrence that was done at this time. By its due date: the next that is not over already, however
 * many were missed. By completion: as if the series began on that day.
 */
export function nextOccurrence(
  series: Series,
  { date, index }: { date: string; index: number },
  doneAt: Date,
): Occurrence | null {
  if (series.anchor === 'completion') return afterCompletion(series, index, dayOf(doneAt, series.zone))
  return (followingByDue(series, date, doneAt).next().value as Occurrence | undefined) ?? null
}

/** What follows one after the other by due date, each done when it is due; the first is done at this time. */
export function* followingByDue(series: Series, date: string, doneAt: Date): Generator<Occurrence> {
  let over = doneAt
  const doneOn = dayOf(over, series.zone)
  for (const next of listOccurrences(series, doneOn > date ? previousDay(doneOn) : date)) {
    if (next.due.at !== null && new Date(next.due.at) <= over && next.date <= dayOf(over, series.zone)) continue
    yield next
    over = endOf(next, series.zone)
  }
}

/** When what is due then is over. */
export const endOf = ({ date, due }: Occurrence, zone: string): Date =>
  due.at ? new Date(due.at) : endOfDay(date, zone)

function afterCompletion(series: Series, index: number, doneOn: string): Occurrence | null {
  const rule = parseRule(series.rrule)
  if (rule.count !== null && index >= rule.count) return null
  const date = dateAfterDone(rule, doneOn)
  if (!date) return null
  const next = { date, due: dueOn({ date, time: series.start.time }, series.zone) }
  return isBeyond(rule, next, series.zone) ? null : next
}

function isBeyond({ until }: Rule, { date, due }: Occurrence, zone: string): boolean {
  if (until === null) return false
  if (until.length === 10) return date > until
  return due.at === null ? date > dayOf(new Date(until), zone) : new Date(due.at) > new Date(until)
}

/** When what is due on a day, and at no time of it, is over. */
export function endOfDay(date: string, zone: string): Date {
  const end = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: '23:59' })
  return new Date(end.epochMilliseconds)
}

export const previousDay = (date: string) => Temporal.PlainDate.from(date).subtract({ days: 1 }).toString()
