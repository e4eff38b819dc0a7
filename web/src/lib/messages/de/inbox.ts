import type { inbox as en } from '../en/inbox.ts'
import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('de')

type Who = { name: string; others: number }
const who = ({ name, others }: Who) =>
  others ? `${name} und ${plural(others, { one: '# weitere Person', other: '# weitere' })}` : name
/** „hat“ für eine Person, „haben“ für mehrere. */
const has = (by: Who) => `${who(by)} ${by.others ? 'haben' : 'hat'}`

export const inbox: typeof en = {
  title: 'Eingang',
  filters: {
    inbox: 'Alles',
    unread: 'Ungelesen',
    mentions: 'Erwähnungen',
    assigned: 'Zugewiesen',
    snoozed: 'Zurückgestellt',
    archived: 'Archiv',
  },
  filter: 'Zeigen',
  workspace: 'Arbeitsbereich',
  everyWorkspace: 'Alle Arbeitsbereiche',
  empty: {
    inbox: [
      'Du bist auf dem Laufenden',
      'Wenn dir jemand etwas zuweist, dich erwähnt oder antwortet, liest du es zuerst hier.',
    ],
    unread: ['Nichts ungelesen', 'Alles hier ist gesehen.'],
    mentions: ['Keine Erwähnungen', 'Schreibt jemand @ und deinen Namen, steht es hier.'],
    assigned: ['Keine Zuweisungen', 'Aufgaben, die andere dir geben, stehen hier.'],
    snoozed: ['Nichts zurückgestellt', 'Stell etwas mit S zurück, und es kommt, wann du es sagst.'],
    archived: [
      'Das Archiv ist leer',
      'Was du erledigt hast, geht mit E hierher und kommt wieder, wenn Neues geschieht.',
    ],
  },
  showAll: 'Alles zeigen',
  notLoaded: 'Der Eingang ließ sich nicht laden.',
  retry: 'Noch einmal versuchen',
  offline:
    'Du bist offline. Was du hier liest, archivierst oder zurückstellst, bleibt und wird gesendet, sobald du zurück bist.',
  more: 'Mehr zeigen',
  markAll: 'Alles als gelesen markieren',
  archiveAll: 'Alles archivieren',
  archiveAllAsk: 'Den ganzen Eingang archivieren?',
  archiveAllText: 'Alles bleibt im Archiv, und jedes kommt wieder, wenn etwas Neues damit geschieht.',
  markedAll: 'Alles als gelesen markiert.',
  archivedAll: 'Der Eingang ist archiviert.',
  actions: 'Weitere Aktionen',
  read: 'Als gelesen markieren',
  unread: 'Als ungelesen markieren',
  archive: 'Archivieren',
  unarchive: 'Zurück in den Eingang',
  snooze: 'Zurückstellen',
  unsnooze: 'Jetzt wecken',
  archived: (title) => `Archiviert: ${title}`,
  snoozed: (when) => `Kommt wieder: ${when}`,
  undo: 'Rückgängig',
  until: (when) => `bis: ${when}`,
  snoozeTo: {
    title: 'Zurückstellen bis',
    later: 'Später heute',
    tomorrow: 'Morgen',
    nextWeek: 'Nächste Woche',
    pick: 'Tag und Zeit wählen',
    past: 'Wähle eine Zeit, die noch kommt.',
    set: 'Zurückstellen',
  },
  isUnread: 'Ungelesen',
  count: (count) => plural(count, { one: '# neu', other: '# neu' }),
  open: 'Aufgabe öffnen',
  openBoard: 'Board öffnen',
  gone: 'Diese Aufgabe gibt es nicht mehr, oder du darfst sie nicht mehr sehen.',
  choose: 'Wähle links etwas aus, um es hier zu lesen.',
  close: 'Schließen',
  late: 'verspätet, weil der Server stand',
  reasons: {
    mentioned: (by) => `${has(by)} dich erwähnt`,
    assigned: (by) => `${has(by)} dir das zugewiesen`,
    unassigned: (by) => `${has(by)} dich hiervon entbunden`,
    commented: (by) => `${has(by)} kommentiert`,
    status_changed: (by) => `${has(by)} das verschoben`,
    due_soon: () => 'Bald fällig',
    overdue: () => 'Überfällig',
    reminder: () => 'Du wolltest erinnert werden',
    invited: (by) => `${has(by)} dich eingeladen`,
    access_lost: (by) => `${has(by)} deinen Zugang beendet`,
    webhook_disabled: () => 'Ein Webhook wurde abgeschaltet',
  },
  movedTo: (column) => `nach ${column}`,
  somebody: 'Jemand',
  keys: {
    section: 'Eingang',
    next: 'Nächstes',
    previous: 'Voriges',
    open: 'Öffnen',
    archive: 'Archivieren',
    unread: 'Gelesen oder ungelesen',
    snooze: 'Zurückstellen',
    markAll: 'Alles als gelesen markieren',
    close: 'Schließen, was neben der Liste steht',
  },
}
