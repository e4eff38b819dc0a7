import type { removed as en } from '../en/removed.ts'

export const removed: typeof en = {
  title: 'Archiv und Papierkorb',
  states: { archived: 'Archiv', trash: 'Papierkorb' },
  empty: {
    archived: 'Nichts ist archiviert. Was du archivierst, verlässt das Board und wartet hier.',
    trash: 'Der Papierkorb ist leer. Was du löschst, wartet hier, bis es jemand zurückholt.',
  },
  when: { archived: (when) => `archiviert ${when}`, trash: (when) => `gelöscht ${when}` },
  restore: 'Zurückholen',
  restoreOf: (key) => `${key} zurückholen`,
  restored: (key) => `${key} liegt wieder auf dem Board`,
  more: 'Mehr zeigen',
  loading: 'Lädt',
  notLoaded: 'Das ließ sich nicht laden.',
  retry: 'Noch einmal versuchen',
}
