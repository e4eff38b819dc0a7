import type { board as en } from '../en/board.ts'
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('de')

export const board: typeof en = {
  columns: 'Spalten',
  cards: (count) => plural(count, { one: '# Aufgabe', other: '# Aufgaben' }),
  cardsOfLimit: (count, limit) => `${count} von höchstens ${limit}`,
  overLimit: (count, limit) => `${count} Aufgaben, erlaubt sind ${limit}`,
  add: 'Neue Aufgabe',
  addTo: (column) => `Neue Aufgabe in ${column}`,
  addPlaceholder: 'Was ist zu tun?',
  addHint: 'Eingabe legt sie an und öffnet die nächste, Escape beendet.',
  emptyColumn: 'Noch nichts hier',
  dropHere: 'Aufgaben hier ablegen',
  noMatch: 'Keine Aufgabe passt hier',
  overdue: (when) => `überfällig, ${when}`,
  priority: { high: 'Hohe Priorität', medium: 'Mittlere Priorität', low: 'Niedrige Priorität', none: 'Keine Priorität' },
  comments: (count) => plural(count, { one: '# Kommentar', other: '# Kommentare' }),
  attachments: (count) => plural(count, { one: '# Anhang', other: '# Anhänge' }),
  checklist: (done, total) => `${done} von ${total} Schritten erledigt`,
  done: 'Erledigt',
  repeats: 'Wiederholt sich',
  more: (title) => `Aktionen für ${title}`,
  live: {
    live: 'Live',
    connecting: 'Verbindet',
    catchingUp: 'Holt auf',
    notLive: 'Nicht live',
    liveHint: 'Jede Änderung erscheint hier, sobald sie geschieht.',
    catchingUpHint: 'Liest, was in der Zwischenzeit geschah.',
    reasons: {
      connecting: 'Die Verbindung wird aufgebaut.',
      'no socket':
        'Keine Live-Verbindung. Änderungen kommen etwas später über HTTP; das Speichern geht wie immer.',
      'no server': 'Der Server antwortet nicht. Änderungen bleiben auf diesem Gerät und gehen hinaus, sobald er es tut.',
      refused: 'Der Live-Dienst hat diesen Tab nicht eingelassen. Er fragt erneut.',
      unconfirmed: 'Seit 15 Sekunden hat nichts bestätigt, dass dies der neueste Stand ist.',
      'signed out': 'Sie sind abgemeldet.',
      offline: 'Dieses Gerät ist offline. Arbeiten Sie weiter: Änderungen bleiben hier und gehen später hinaus.',
    },
    since: (when) => `Seit ${when}.`,
    test: 'Verbindung prüfen',
    waiting: (count) =>
      plural(count, { one: '# Änderung wartet aufs Senden', other: '# Änderungen warten aufs Senden' }),
    offline: 'Sie sind offline. Das Board bleibt, und was Sie ändern, bleibt erhalten.',
    back: 'Wieder online. Alles ist gesendet.',
  },
  did: {
    moved: (name, column) => `${name} liegt jetzt in ${column}`,
    edited: (name) => `${name} geändert`,
    archived: (name) => `${name} archiviert`,
    deleted: (name) => `${name} gelöscht`,
    undo: 'Rückgängig',
    undone: (what) => `Rückgängig gemacht: ${what}`,
    nothing: 'Es gibt nichts rückgängig zu machen',
  },
}
