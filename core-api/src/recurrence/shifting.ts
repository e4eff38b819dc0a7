import type { When } from '@taskflow/shared/dto/when.ts'
import { dueOn } from './occurrences.ts'

/** The start of a task that is due at another time: as many days before that as it was. */
export function moveStart({ start, due }: { start: When | null; due: When | null }, to: When): When | null {
  if (!start || !due) return start
  const { days } = Temporal.PlainDate.from(due.date).until(to.date, { largestUnit: 'days' })
  const date = Temporal.PlainDate.from(start.date).add({ days }).toString()
  const moved = dueOn({ date, time: start.time }, start.zone ?? 'UTC')
  return moved.at && to.at && moved.at > to.at ? to : moved
}
