export const timeZones = (): string[] => Intl.supportedValuesOf('timeZone')

export function isTimeZone(name: string): boolean {
  try {
    return Boolean(name && Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

export const timeIn = (zone: string, ms: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(ms)
