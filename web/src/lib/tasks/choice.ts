/** The properties of a task that are chosen beside it. */
export type Choice =
  'column' | 'assignees' | 'labels' | 'priority' | 'start' | 'due' | 'recurrence' | 'scope' | 'reminders'
