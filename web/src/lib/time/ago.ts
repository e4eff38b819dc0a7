import { formatOf, relativeOf } from './formats.ts'

const STEPS: [unit: Intl.RelativeTimeFormatUnit, seconds: number, until: number][] = [
  ['minute', 60, 3600],
  ['hour', 3600, 86_400],
  ['day', 86_400, 7 * 86_400],
]

/** "5 minutes ago", "yesterday", "20 Nov": how long something is past, or ahead, as people say it. */
export function agoWords(at: string, now: number, locale: string, zone?: string): string {
  const seconds = (Date.parse(at) - now) / 1000
  const distance = Math.abs(seconds)
  if (distance < 60) return relativeOf(locale).format(0, 'second')
  const step = STEPS.find(([, , until]) => distance < until)
  if (step) return relativeOf(locale).format(Math.trunc(seconds / step[1]), step[0])
  const isThisYear = distance < 300 * 86_400
  return formatOf(locale, {
    day: 'numeric',
    month: 'short',
    ...(!isThisYear && { year: 'numeric' }),
    timeZone: zone,
  }).format(Date.parse(at))
}

export const exactWords = (at: string, locale: string, zone?: string): string =>
  formatOf(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: zone }).format(Date.parse(at))
