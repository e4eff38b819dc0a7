import type { alerts as en } from '../en/alerts.ts'

export const alerts: typeof en = {
  mentioned: (who, what) => `${who} hat dich erwähnt: ${what}`,
  assigned: (who, what) => `${who} hat dir zugewiesen: ${what}`,
  overdue: (_who, what) => `Überfällig: ${what}`,
  due_soon: (_who, what) => `Bald fällig: ${what}`,
  reminder: (_who, what) => `Erinnerung: ${what}`,
  invited: (who, what) => `${who} hat dich eingeladen: ${what}`,
  somebody: 'Jemand',
  open: 'Öffnen',
}
