import type { When } from '@taskflow/shared/dto/when.ts'

export function daysLater(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** The Monday after a day, which itself is never meant. */
export function nextMonday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return daysLater(day, (8 - weekday) % 7 || 7)
}

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/** At its minute; a whole day, as soon as it is that day. */
export const hasBegun = (start: When, today: string, now: string): boolean =>
  start.at ? start.at <= now : start.date <= today

/** A minute passes at its instant; a whole day, when the day is over. */
export const isOverdue = (due: When | null, today: string, now: string): boolean =>
  due !== null && (due.at ? due.at < now : due.date < today)
