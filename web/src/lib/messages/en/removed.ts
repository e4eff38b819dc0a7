import { pluralsOf } from '../plural.ts'

const plural = pluralsOf('en')

/** What was taken off a board and can be brought back. */
export const removed = {
  title: 'Archive and trash',
  states: { archived: 'Archive', trash: 'Trash' },
  empty: {
    archived: 'Nothing is archived. What you archive leaves the board and waits here.',
    trash: 'The trash is empty. What you delete waits here, and can be brought back.',
  },
  when: { archived: (when: string) => `archived ${when}`, trash: (when: string) => `deleted ${when}` },
  restore: 'Restore',
  restoreOf: (key: string) => `Restore ${key}`,
  restored: (key: string) => `${key} is on the board again`,
  kept: (days: number) =>
    plural(days, {
      one: 'Tasks here are deleted for good after # day.',
      other: 'Tasks here are deleted for good after # days.',
    }),
  erase: {
    act: 'Delete for good',
    actOf: (key: string) => `Delete ${key} for good`,
    all: 'Empty trash',
    ask: (key: string) => `Delete ${key} for good?`,
    askAll: 'Empty the trash?',
    text: (title: string) => `“${title}” goes with its comments and files. This cannot be undone.`,
    textAll: 'All tasks in the trash of this board go with their comments and files. This cannot be undone.',
    left: 'Not everything could be deleted. What is left is shown here.',
  },
  more: 'Show more',
  loading: 'Loading',
  notLoaded: 'This did not load.',
  retry: 'Try again',
}
