import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('en')

export const myTasks = {
  title: 'My tasks',
  groups: {
    overdue: 'Overdue',
    today: 'Today',
    soon: 'Next seven days',
    later: 'Later',
    undated: 'No date',
  },
  count: (count: number) => plural(count, { one: '# task', other: '# tasks' }),
  emptyTitle: 'Nothing is assigned to you',
  emptyText: 'Tasks that you take on, or that somebody gives you, gather here by due date.',
  toBoards: 'Go to your boards',
  notLoaded: 'Your tasks did not load.',
  retry: 'Try again',
  stale: 'You are offline. This is how it was when last loaded; what you check off is kept and sent later.',
  close: (title: string) => `Mark “${title}” as done`,
  reopen: (title: string) => `Mark “${title}” as not done`,
  closed: (name: string) => `${name} done`,
  overdue: (when: string) => `overdue, ${when}`,
  checklist: (done: number, total: number) => `${done} of ${total} steps done`,
  priority: { high: 'High priority', medium: 'Medium priority', low: 'Low priority', none: '' },
  in: (board: string, column: string) => `${board}, ${column}`,
  more: 'Show more',
  keys: {
    section: 'My tasks',
    next: 'Next task',
    previous: 'Previous task',
    check: 'Check off',
    open: 'Open the task',
  },
}
