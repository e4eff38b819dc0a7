import type { myTasks as en } from '../en/my-tasks.ts'
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('de')

export const myTasks: typeof en = {
  title: 'Meine Aufgaben',
  groups: {
    overdue: 'Überfällig',
    today: 'Heute',
    soon: 'Nächste sieben Tage',
    later: 'Später',
    undated: 'Ohne Datum',
  },
  count: (count) => plural(count, { one: '# Aufgabe', other: '# Aufgaben' }),
  emptyTitle: 'Dir ist nichts zugewiesen',
  emptyText: 'Was du übernimmst oder bekommst, sammelt sich hier nach Fälligkeit.',
  toBoards: 'Zu deinen Boards',
  notLoaded: 'Deine Aufgaben ließen sich nicht laden.',
  retry: 'Noch einmal versuchen',
  stale: 'Du bist offline. So war es beim letzten Laden; was du abhakst, bleibt und wird später gesendet.',
  close: (title) => `„${title}“ als erledigt abhaken`,
  reopen: (title) => `„${title}“ wieder öffnen`,
  closed: (name) => `${name} erledigt`,
  overdue: (when) => `überfällig, ${when}`,
  checklist: (done, total) => `${done} von ${total} Schritten erledigt`,
  priority: { high: 'Hohe Priorität', medium: 'Mittlere Priorität', low: 'Niedrige Priorität', none: '' },
  in: (board, column) => `${board}, ${column}`,
  more: 'Mehr zeigen',
  keys: {
    section: 'Meine Aufgaben',
    next: 'Nächste Aufgabe',
    previous: 'Vorige Aufgabe',
    check: 'Abhaken',
    open: 'Aufgabe öffnen',
  },
}
