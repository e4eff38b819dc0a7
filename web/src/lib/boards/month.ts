import { daysLater } from '../time/days.ts'

/** Whole weeks that hold a month (`2026-11`), as days; a week begins on `firstWeekday`, Monday being 1. */
export function weeksOf(month: string, firstWeekday: number): string[][] {
  const first = `${month}-01`
  const weekday = new Date(`${first}T00:00:00Z`).getUTCDay() || 7
  const start = daysLater(first, -((weekday - firstWeekday + 7) % 7))
  const weeks: string[][] = []
  for (let day = start; day.slice(0, 7) <= month; day = daysLater(day, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, n) => daysLater(day, n)))
  }
  return weeks
}

export function monthsLater(month: string, months: number): string {
  const date = new Date(`${month}-01T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + months)
  return date.toISOString().slice(0, 7)
}

/** What the calendar of a language begins its week with: Monday is 1, Sunday 7. */
export function firstWeekdayOf(locale: string): number {
  const info = new Intl.Locale(locale) as { getWeekInfo?(): { firstDay: number }; weekInfo?: { firstDay: number } }
  return (info.getWeekInfo?.() ?? info.weekInfo)?.firstDay ?? 1
}
