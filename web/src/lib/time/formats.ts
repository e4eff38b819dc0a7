// Making a format costs a thousand times what using it does.
const formats = new Map<string, Intl.DateTimeFormat>()
export function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, made)
  return made
}

const relatives = new Map<string, Intl.RelativeTimeFormat>()
export function relativeOf(locale: string): Intl.RelativeTimeFormat {
  const made = relatives.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  relatives.set(locale, made)
  return made
}

/** A day of the calendar, `2026-11-20`, as people write it. */
export const dayWords = (day: string, locale: string, options: Intl.DateTimeFormatOptions): string =>
  formatOf(locale, { ...options, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`))
