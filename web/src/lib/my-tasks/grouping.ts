import type { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import { daysBetween, isOverdue } from '#lib/time/days.ts'
import { inZone } from '#lib/time/when.ts'

export const GROUPS = ['overdue', 'today', 'soon', 'later', 'undated'] as const
export type Group = (typeof GROUPS)[number]

const SOON_DAYS = 7

interface Moment {
  zone: string | undefined
  today: string
  iso: string
}

/** The tasks by when they want doing, each group in the order of their dates; empty groups are left out. */
export function groupByDue(
  tasks: readonly ListedTask[],
  { zone, today, iso }: Moment,
): { group: Group; tasks: ListedTask[] }[] {
  const byGroup = Map.groupBy(tasks.toSorted(byDue(zone)), (task) => groupOf(task, { zone, today, iso }))
  return GROUPS.flatMap((group) => {
    const members = byGroup.get(group)
    return members ? [{ group, tasks: members }] : []
  })
}

function groupOf({ due }: ListedTask, { zone, today, iso }: Moment): Group {
  if (!due) return 'undated'
  if (isOverdue(due, today, iso)) return 'overdue'
  const days = daysBetween(today, inZone(due, zone).date)
  if (days <= 0) return 'today'
  return days <= SOON_DAYS ? 'soon' : 'later'
}

const LAST = '9999'
const RANK = { high: 0, medium: 1, low: 2, none: 3 }

/** A day without a time is over at its end, so it comes after the times of that day. */
const byDue = (zone: string | undefined) => (a: ListedTask, b: ListedTask) => {
  const keyOf = ({ due: when }: ListedTask) => {
    const due = when && inZone(when, zone)
    return due ? `${due.date} ${due.time ?? '24:00'}` : LAST
  }
  const [one, other] = [keyOf(a), keyOf(b)]
  if (one !== other) return one < other ? -1 : 1
  return RANK[a.priority] - RANK[b.priority] || (a.id < b.id ? -1 : 1)
}
