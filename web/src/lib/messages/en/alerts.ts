/** What is said of a notification on any screen, the moment that it comes. */
export const alerts = {
  mentioned: (who: string, what: string) => `${who} mentioned you in ${what}`,
  assigned: (who: string, what: string) => `${who} assigned ${what} to you`,
  overdue: (_who: string, what: string) => `${what} is overdue`,
  due_soon: (_who: string, what: string) => `${what} is due soon`,
  reminder: (_who: string, what: string) => `Reminder: ${what}`,
  invited: (who: string, what: string) => `${who} invited you to ${what}`,
  somebody: 'Somebody',
  open: 'Open',
}
