const STEPS: [unit: Intl.RelativeTimeFormatUnit, seconds: number, until: number][] = [
  ['minute', 60, 3600],
  ['hour', 3600, 86_400],
  ['day', 86_400, 7 * 86_400],
]

/** "5 minutes ago", "yesterday", "20 Nov": how long something is past, or ahead, as people say it. */
export function agoWords(at: string, now: number, locale: string, zone?: string): string {
  const seconds = (Date.parse(at) - now) / 1000
  const distance = Math.abs(seconds)
  if (distance < 60) return relative(locale).format(0, 'second')
  const step = STEPS.find(([, , until]) => distance < until)
  if (step) return relative(locale).format(Math.trunc(seconds / step[1]), step[0])
  const isThisYear = distance < 300 * 86_400
  return format(locale, {
    day: 'numeric',
    month: 'short',
    ...(!isThisYear && { year: 'numeric' }),
    timeZone: zone,
  }).format(Date.parse(at))
}

export const exactWords = (at: string, locale: string, zone?: string): string =>
  format(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: zone }).format(Date.parse(at))

// Making a format costs a thousand times what using it does.
const formats = new Map<string, Intl.DateTimeFormat>()
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, made)
  return made
}

const relatives = new Map<string, Intl.RelativeTimeFormat>()
function relative(locale: string): Intl.RelativeTimeFormat {
  const made = relatives.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  relatives.set(locale, made)
  return made
}
