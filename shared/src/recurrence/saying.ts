import type { Anchor } from '../dto/recurrence.ts'
import { parseRule } from './parsing.ts'
import type { Rule } from './rule.ts'
import { type RuleWords, words } from './words.ts'

export type RuleLanguage = keyof typeof words

/** "every 2 weeks on Mon and Thu": what a rule means, for people. Throws where there is no such rule. */
export function sayRecurrence(
  { rrule, anchor = 'due' }: { rrule: string; anchor?: Anchor },
  language: RuleLanguage,
): string {
  return sayRule(parseRule(rrule), anchor, words[language])
}

function sayRule(rule: Rule, anchor: Anchor, lexicon: RuleWords): string {
  const said = [isWorkdays(rule) ? lexicon.workdays : [lexicon.every(rule.freq, rule.interval), sayDays(rule, lexicon)]]
  if (anchor === 'completion') said.push(lexicon.afterCompletion)
  const base = said.flat().filter(Boolean).join(' ')
  if (rule.until !== null) return `${base}${lexicon.until(rule.until.slice(0, 10))}`
  return rule.count === null ? base : `${base}${lexicon.times(rule.count)}`
}

const isWorkdays = ({ freq, interval, byDay }: Rule) =>
  freq === 'WEEKLY' && interval === 1 && byDay.map(({ day }) => day).join() === 'MO,TU,WE,TH,FR'

function sayDays(rule: Rule, lexicon: RuleWords): string {
  const { freq, byDay, byMonthDay, byMonth, bySetPos } = rule
  const months = byMonth.length > 0 ? lexicon.and(byMonth.map((month) => lexicon.months[month - 1]!)) : ''
  const inMonths = months && lexicon.inMonths(months)
  if (byMonthDay.length > 0) {
    const days = lexicon.onDates(lexicon.and(byMonthDay.map(lexicon.date)), months)
    return days
  }
  if (byDay.length === 0) return inMonths
  if (bySetPos !== null) {
    const among = rule.byDay.map(({ day }) => day).join()
    const noun =
      among === 'MO,TU,WE,TH,FR' ? lexicon.workday : among === 'SA,SU' ? lexicon.weekendDay : sayWeekdays(rule, lexicon)
    return join(lexicon.onNth(lexicon.nth(bySetPos), noun), inMonths)
  }
  if (byDay.every(({ nth }) => nth === null))
    return join(lexicon.onWeekdays(sayWeekdays(rule, lexicon), freq), inMonths)
  const nths = byDay.map(({ day, nth }) =>
    nth === null ? lexicon.longDays[day] : `${lexicon.nth(nth)} ${lexicon.longDays[day]}`,
  )
  return join(lexicon.onNth('', lexicon.and(nths)), inMonths)
}

const sayWeekdays = ({ byDay }: Rule, { and, shortDays }: RuleWords) => and(byDay.map(({ day }) => shortDays[day]))

const join = (...parts: string[]) => parts.filter(Boolean).join(' ')
