import type { Anchor } from '@taskflow/shared/dto/recurrence.ts'
import type { When } from '@taskflow/shared/dto/when.ts'
import {
  endOf,
  endOfDay,
  followingByDue,
  listOccurrences,
  nextOccurrence,
  type Occurrence,
  type Series,
  slotOf,
} from './occurrences.ts'

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
  const doneAt = completedAt ? new Date(completedAt) : endOfDay(series.start.date, zone)
  if (anchor === 'completion') {
    const following = followingByCompletion(series, doneAt)
    return completedAt ? duesOf(following, count) : [due, ...duesOf(following, count - 1)]
  }
  return duesOf(completedAt ? followingByDue(series, series.start.date, doneAt) : listOccurrences(series), count)
}

function* followingByCompletion(series: Series, doneAt: Date): Generator<Occurrence> {
  let at = { date: series.start.date, index: 1 }
  for (let over = doneAt; ;) {
    const next = nextOccurrence(series, at, over)
    if (!next) return
    yield next
    at = { date: next.date, index: at.index + 1 }
    over = endOf(next, series.zone)
  }
}

const duesOf = (occurrences: Generator<Occurrence>, count: number): When[] =>
  occurrences
    .take(count)
    .map(({ due }) => due)
    .toArray()
