import type { User } from '@taskflow/shared/dto/user.ts'
import type { Locale } from '#lib/messages/locale.ts'

interface Here {
  timeZone: string
  locale: Locale
}

type Known = Pick<User, 'timeZone' | 'locale'>

/**
 * What the server cannot know by itself: where the device is, for ends of days, quiet hours and digests, as long as the
 * person has not named a zone; and the language that they read here, for mail. Null if it knows already.
 */
export function whatToTell({ timeZone, locale }: Known, here: Here): Partial<Here> | null {
  const told: Partial<Here> = {}
  // Whoever has no zone is in UTC, as far as the server is concerned.
  if (timeZone === null && here.timeZone !== 'UTC') told.timeZone = here.timeZone
  if (languageOfMail(locale) !== here.locale) told.locale = here.locale
  return Object.keys(told).length > 0 ? told : null
}

const languageOfMail = (locale: string | null): Locale => (locale?.startsWith('de') ? 'de' : 'en')
