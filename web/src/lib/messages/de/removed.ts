import type { removed as en } from '../en/removed.ts'
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('de')

export const removed: typeof en = {
  title: 'Archiv und Papierkorb',
  states: { archived: 'Archiv', trash: 'Papierkorb' },
  empty: {
    archived: 'Nichts ist archiviert. Was du archivierst, verlässt das Board und wartet hier.',
    trash: 'Der Papierkorb ist leer. Was du löschst, wartet hier und lässt sich zurückholen.',
  },
  when: { archived: (when) => `archiviert ${when}`, trash: (when) => `gelöscht ${when}` },
  restore: 'Zurückholen',
  restoreOf: (key) => `${key} zurückholen`,
  restored: (key) => `${key} liegt wieder auf dem Board`,
  kept: (days) =>
    plural(days, {
      one: 'Was hier liegt, wird nach # Tag endgültig gelöscht.',
      other: 'Was hier liegt, wird nach # Tagen endgültig gelöscht.',
    }),
  erase: {
    act: 'Endgültig löschen',
    actOf: (key) => `${key} endgültig löschen`,
    all: 'Papierkorb leeren',
    ask: (key) => `${key} endgültig löschen?`,
    askAll: 'Papierkorb leeren?',
    text: (title) => `„${title}“ verschwindet mit Kommentaren und Dateien. Das lässt sich nicht rückgängig machen.`,
    textAll:
      'Alle Aufgaben im Papierkorb dieses Boards verschwinden mit Kommentaren und Dateien. Das lässt sich nicht rückgängig machen.',
    left: 'Nicht alles ließ sich löschen. Was übrig ist, steht hier.',
  },
  more: 'Mehr zeigen',
  loading: 'Lädt',
  notLoaded: 'Das ließ sich nicht laden.',
  retry: 'Noch einmal versuchen',
}
