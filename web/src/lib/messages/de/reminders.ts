import type { reminders as en } from '../en/reminders.ts'
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('de')

export const reminders: typeof en = {
  name: 'Erinnern',
  none: 'Keine Erinnerung',
  many: (count) => plural(count, { one: '# Erinnerung', other: '# Erinnerungen' }),
  kinds: {
    at_due: 'Bei Fälligkeit',
    '15m': '15 Minuten vorher',
    '1h': '1 Stunde vorher',
    '1d': '1 Tag vorher',
    '1w': '1 Woche vorher',
    overdue: 'Wenn überfällig',
  },
  own: 'Zu einer eigenen Zeit',
  add: 'Hinzufügen',
  remove: (when) => `Erinnerung vom ${when} entfernen`,
  isOver: 'vorbei',
  noDue: 'Sie zählen ab der Fälligkeit, sobald es eine gibt.',
  inThePast: 'Diese Zeit ist schon vorbei.',
  tooMany: 'Zehn Erinnerungen sind das Äußerste.',
  onlyYou: 'Nur du wirst erinnert.',
  notRead: 'Deine Erinnerungen erscheinen, sobald der Server erreichbar ist.',
}
