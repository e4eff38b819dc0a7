import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('en')

export const reminders = {
  name: 'Remind me',
  none: 'No reminders',
  many: (count: number) => plural(count, { one: '# reminder', other: '# reminders' }),
  kinds: {
    at_due: 'When it is due',
    '15m': '15 minutes before',
    '1h': '1 hour before',
    '1d': '1 day before',
    '1w': '1 week before',
    overdue: 'When it is overdue',
  },
  own: 'At a time of your own',
  add: 'Add',
  remove: (when: string) => `Remove the reminder of ${when}`,
  isOver: 'over',
  noDue: 'They count from the due date, once there is one.',
  inThePast: 'This time is over already.',
  tooMany: 'Ten reminders are the most.',
  onlyYou: 'Only you are reminded.',
  notRead: 'Your reminders are shown when the server can be reached.',
}
