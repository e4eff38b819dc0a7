import type { When } from '@taskflow/shared/dto/when.ts'
import { daysBetween, isOverdue } from './days.ts'
import { dayWords, formatOf, relativeOf } from './formats.ts'
import { inZone } from './when.ts'

export interface DueWords {
  tone: 'red' | 'amber' | undefined
  text: string
  /** The whole date, for a hover. */
  exact: string
}

interface Moment {
  /** Where the person is. */
  zone?: string | undefined
  today: string
  iso: string
  locale: string
  overdue: (when: string) => string
}

/** "tomorrow 17:00", "Fri", "20 Nov", "overdue, yesterday": a date as people say it, by their own clock. */
export function dueWords(when: When, isClosed: boolean, { zone, today, iso, locale, overdue }: Moment): DueWords {
  const due = inZone(when, zone)
  const days = daysBetween(today, due.date)
  const day = nearWords(due.date, days, locale)
  const text = due.time && Math.abs(days) <= 7 ? `${day} ${timeWords(due.time, locale)}` : day
  const exact = dayWords(due.date, locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const isLate = !isClosed && isOverdue(due, today, iso)
  return {
    tone: isLate ? 'red' : !isClosed && days <= 1 ? 'amber' : undefined,
    text: isLate ? overdue(text) : text,
    exact: due.time ? `${exact}, ${timeWords(due.time, locale)} (${due.zone})` : exact,
  }
}

function nearWords(date: string, days: number, locale: string): string {
  if (Math.abs(days) <= 1) return relativeOf(locale).format(days, 'day')
  if (days > 1 && days < 7) return dayWords(date, locale, { weekday: 'short' })
  const isThisYear = Math.abs(days) < 300
  return dayWords(date, locale, { day: 'numeric', month: 'short', ...(!isThisYear && { year: 'numeric' }) })
}

export const timeWords = (time: string, locale: string) =>
  formatOf(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(new Date(`1970-01-01T${time}:00Z`))
