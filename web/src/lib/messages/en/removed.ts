/** What was taken off a board and can be brought back. */
export const removed = {
  title: 'Archive and trash',
  states: { archived: 'Archive', trash: 'Trash' },
  empty: {
    archived: 'Nothing is archived. What you archive leaves the board and waits here.',
    trash: 'The trash is empty. What you delete waits here until somebody brings it back.',
  },
  when: { archived: (when: string) => `archived ${when}`, trash: (when: string) => `deleted ${when}` },
  restore: 'Restore',
  restoreOf: (key: string) => `Restore ${key}`,
  restored: (key: string) => `${key} is on the board again`,
  more: 'Show more',
  loading: 'Loading',
  notLoaded: 'This did not load.',
  retry: 'Try again',
}
