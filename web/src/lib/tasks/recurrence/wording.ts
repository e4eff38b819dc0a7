import type { RuleLanguage } from '@taskflow/shared/recurrence/saying.ts'

export const languageOf = (locale: string): RuleLanguage => (locale.startsWith('de') ? 'de' : 'en')

/** As it stands where a line begins. */
export const sentence = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1)
