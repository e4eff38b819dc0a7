import type { When } from '@taskflow/shared/dto/when.ts'

/** The day that it is somewhere, `2026-11-20`. */
export function dayIn(zone: string | undefined, now: number): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now)
}

export function daysLater(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/** At its minute; a whole day, as soon as it is that day. */
export const hasBegun = (start: When, today: string, now: string): boolean =>
  start.at ? start.at <= now : start.date <= today

/** A minute passes at its instant; a whole day, when the day is over. */
export const isOverdue = (due: When | null, today: string, now: string): boolean =>
  due !== null && (due.at ? due.at < now : due.date < today)
