import type { When } from '@taskflow/shared/dto/when.ts'
import { daysBetween, isOverdue } from './days.ts'

export interface DueWords {
  tone: 'red' | 'amber' | undefined
  text: string
  /** The whole date, for a hover. */
  exact: string
}

interface Moment {
  today: string
  iso: string
  locale: string
  overdue: (when: string) => string
}

/** "tomorrow 17:00", "Fri", "20 Nov", "overdue, yesterday": a date as people say it. */
export function dueWords(due: When, isClosed: boolean, { today, iso, locale, overdue }: Moment): DueWords {
  const days = daysBetween(today, due.date)
  const day = dayWords(due.date, days, locale)
  const text = due.time && Math.abs(days) <= 7 ? `${day} ${timeWords(due.time, locale)}` : day
  const exact = format(locale, due.date, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const isLate = !isClosed && isOverdue(due, today, iso)
  return {
    tone: isLate ? 'red' : !isClosed && days <= 1 ? 'amber' : undefined,
    text: isLate ? overdue(text) : text,
    exact: due.time ? `${exact}, ${timeWords(due.time, locale)} (${due.zone})` : exact,
  }
}

function dayWords(date: string, days: number, locale: string): string {
  if (Math.abs(days) <= 1) return formats(locale).relative.format(days, 'day')
  if (days > 1 && days < 7) return format(locale, date, { weekday: 'short' })
  const isThisYear = Math.abs(days) < 300
  return format(locale, date, { day: 'numeric', month: 'short', ...(!isThisYear && { year: 'numeric' }) })
}

export const timeWords = (time: string, locale: string) =>
  formatWith(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(new Date(`1970-01-01T${time}:00Z`))

const format = (locale: string, date: string, options: Intl.DateTimeFormatOptions) =>
  formatWith(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))

// Making a format costs a thousand times what using it does.
const known = new Map<string, Intl.DateTimeFormat>()
function formatWith(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const made = known.get(key) ?? new Intl.DateTimeFormat(locale, options)
  known.set(key, made)
  return made
}

const relatives = new Map<string, Intl.RelativeTimeFormat>()
function formats(locale: string) {
  const relative = relatives.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  relatives.set(locale, relative)
  return { relative }
}
