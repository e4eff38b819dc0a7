import type { Frequency, Weekday } from './rule.ts'

export interface RuleWords {
  every(freq: Frequency, interval: number): string
  workdays: string
  workday: string
  weekendDay: string
  shortDays: Record<Weekday, string>
  longDays: Record<Weekday, string>
  months: readonly string[]
  and(words: string[]): string
  /** The first, or the last. */
  nth(nth: number): string
  /** The 31st, or the last day. */
  date(day: number): string
  onWeekdays(days: string, freq: Frequency): string
  onNth(nth: string, noun: string): string
  onDates(dates: string, months: string): string
  inMonths(months: string): string
  afterCompletion: string
  until(date: string): string
  times(count: number): string
}

const listing = (and: string) => (words: string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`

const tidy = (...words: string[]) => words.filter(Boolean).join(' ')

const englishOrdinal = (n: number) => {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${ending}`
}

const EN_UNITS = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const
const EN_NTH = ['', 'first', 'second', 'third', 'fourth']

const en: RuleWords = {
  every: (freq, interval) => (interval === 1 ? `every ${EN_UNITS[freq]}` : `every ${interval} ${EN_UNITS[freq]}s`),
  workdays: 'every weekday',
  workday: 'weekday',
  weekendDay: 'day of the weekend',
  shortDays: { MO: 'Mon', TU: 'Tue', WE: 'Wed', TH: 'Thu', FR: 'Fri', SA: 'Sat', SU: 'Sun' },
  longDays: {
    MO: 'Monday',
    TU: 'Tuesday',
    WE: 'Wednesday',
    TH: 'Thursday',
    FR: 'Friday',
    SA: 'Saturday',
    SU: 'Sunday',
  },
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  and: listing('and'),
  nth: (nth) => (nth > 0 ? EN_NTH[nth]! : nth === -1 ? 'last' : `${EN_NTH[-nth]} to last`),
  date: (day) => (day > 0 ? englishOrdinal(day) : day === -1 ? 'last day' : `${englishOrdinal(-day)} to last day`),
  onWeekdays: (days) => `on ${days}`,
  onNth: (nth, noun) => tidy('on the', nth, noun),
  onDates: (dates, months) => tidy('on the', dates, months && `of ${months}`),
  inMonths: (months) => `in ${months}`,
  afterCompletion: 'after completion',
  until: (date) => ` until ${Number(date.slice(8))} ${en.months[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`,
  times: (count) => (count === 1 ? ', once' : `, ${count} times`),
}

const DE_EVERY = { DAILY: 'jeden Tag', WEEKLY: 'jede Woche', MONTHLY: 'jeden Monat', YEARLY: 'jedes Jahr' } as const
const DE_UNITS = { DAILY: 'Tage', WEEKLY: 'Wochen', MONTHLY: 'Monate', YEARLY: 'Jahre' } as const
const DE_NTH = ['', 'ersten', 'zweiten', 'dritten', 'vierten']
const DE_FROM_END = ['', 'letzten', 'vorletzten', 'drittletzten', 'viertletzten']

const de: RuleWords = {
  every: (freq, interval) => (interval === 1 ? DE_EVERY[freq] : `alle ${interval} ${DE_UNITS[freq]}`),
  workdays: 'jeden Werktag',
  workday: 'Werktag',
  weekendDay: 'Tag des Wochenendes',
  shortDays: { MO: 'Mo', TU: 'Di', WE: 'Mi', TH: 'Do', FR: 'Fr', SA: 'Sa', SU: 'So' },
  longDays: {
    MO: 'Montag',
    TU: 'Dienstag',
    WE: 'Mittwoch',
    TH: 'Donnerstag',
    FR: 'Freitag',
    SA: 'Samstag',
    SU: 'Sonntag',
  },
  months: [
    'Januar',
    'Februar',
    'März',
    'April',
    'Mai',
    'Juni',
    'Juli',
    'August',
    'September',
    'Oktober',
    'November',
    'Dezember',
  ],
  and: listing('und'),
  nth: (nth) => (nth > 0 ? DE_NTH[nth]! : DE_FROM_END[-nth]!),
  date: (day) => (day > 0 ? `${day}.` : `${DE_FROM_END[-day] ?? `${-day}.-letzten`} Tag`),
  onWeekdays: (days) => `am ${days}`,
  onNth: (nth, noun) => tidy('am', nth, noun),
  onDates: (dates, months) => tidy('am', dates, months),
  inMonths: (months) => `im ${months}`,
  afterCompletion: 'nach Erledigung',
  until: (date) => ` bis ${Number(date.slice(8))}. ${de.months[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`,
  times: (count) => `, ${count}-mal`,
}

export const words = { en, de }
