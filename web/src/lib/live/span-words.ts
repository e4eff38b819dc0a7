const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** "3 min", "2 hr": how long something lasts already; nothing while it is less than a minute. */
export function spanWords(ms: number, locale: string): string {
  const step = STEPS.find(([, size]) => ms >= size)
  if (!step) return ''
  const [unit, size] = step
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(Math.floor(ms / size))
}
