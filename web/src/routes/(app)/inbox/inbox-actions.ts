import type { Notification } from '@taskflow/shared/dto/notification.ts'
import type { Action } from '#lib/keys/keys.svelte.ts'
import type { Words } from '#lib/messages/parts.ts'
import type { RowActs } from '#lib/notifications/row-acts.ts'
import { isInPane } from './reading-pane.ts'

interface Host {
  row: () => Notification | undefined
  walk: (step: 1 | -1) => void
  choose: (row: Notification) => void
  acts: RowActs
  readAll: () => void
  isReading: () => boolean
  close: () => void
}

/** The inbox by keyboard. */
export function inboxActions(words: Words<'inbox'>['keys'], host: Host): Action[] {
  const { section } = words
  const isOff = (at?: Element) => isInPane(at) || !host.row()
  const on = (run: (row: Notification) => void) => () => {
    const row = host.row()
    if (row) run(row)
  }
  return [
    {
      id: 'inbox.next',
      name: words.next,
      section,
      keys: ['j', 'ArrowDown'],
      isOff: isInPane,
      isOnlyKey: true,
      run: () => host.walk(1),
    },
    {
      id: 'inbox.previous',
      name: words.previous,
      section,
      keys: ['k', 'ArrowUp'],
      isOff: isInPane,
      isOnlyKey: true,
      run: () => host.walk(-1),
    },
    {
      id: 'inbox.archive',
      name: words.archive,
      section,
      keys: ['e'],
      isOff,
      run: on((row) => host.acts.toggleArchived(row)),
    },
    {
      id: 'inbox.unread',
      name: words.unread,
      section,
      keys: ['u'],
      isOff,
      run: on((row) => host.acts.toggleRead(row)),
    },
    { id: 'inbox.snooze', name: words.snooze, section, keys: ['s'], isOff, run: on((row) => host.acts.pickTime(row)) },
    {
      id: 'inbox.close',
      name: words.close,
      section,
      keys: ['Escape'],
      isOnlyKey: true,
      isOff: () => !host.isReading(),
      run: host.close,
    },
    { id: 'inbox.mark-all', name: words.markAll, section, run: host.readAll },
  ]
}
