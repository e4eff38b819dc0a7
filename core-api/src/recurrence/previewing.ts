import type { Anchor } from '@taskflow/shared/dto/recurrence.ts'
import type { When } from '@taskflow/shared/dto/when.ts'
import { endOfDay, listOccurrences, nextOccurrence, type Series, slotOf } from './occurrences.ts'

interface Preview {
  rrule: string
  zone: string
  anchor: Anchor
  due: When
  completedAt?: string
  count: number
}

/** The dates as they will come: with the first, or, if that is done, those after it. Each is taken to be done on its day. */
export function previewDates({ rrule, zone, anchor, due, completedAt, count }: Preview): When[] {
  const series: Series = { rrule, zone, anchor, start: slotOf(due, zone) }
  const dates: When[] = []
  if (!completedAt && anchor === 'due') {
    for (const occurrence of listOccurrences(series)) {
      if (dates.push(occurrence.due) === count) break
    }
    return dates
  }
  let at = { date: series.start.date, index: 1 }
  let doneAt = completedAt ? new Date(completedAt) : endOfDay(series.start.date, zone)
  if (!completedAt) dates.push(due)
  while (dates.length < count) {
    const next = nextOccurrence(series, at, doneAt)
    if (!next) break
    dates.push(next.due)
    at = { date: next.date, index: at.index + 1 }
    doneAt = next.due.at ? new Date(next.due.at) : endOfDay(next.date, zone)
  }
  return dates
}
