import type { Notification } from '@taskflow/shared/dto/notification.ts'
import type { Words } from '#lib/messages/parts.ts'
import type { Toasts } from '#lib/ui/toasts.svelte.ts'
import type { Inbox } from './inbox.svelte.ts'

export type RowActs = ReturnType<typeof createRowActs>

interface Parts {
  inbox: Inbox
  words: Words<'inbox'>
  said: Toasts
  /** When something comes back, in words. */
  say: (at: string) => string
  pickTime: (row: Notification) => void
  /** It is about to leave the list: the focus must go somewhere. */
  leaving: (row: Notification) => void
}

/** What one does with a row of the inbox; what takes it out of sight says so, with the way back beside it. */
export function createRowActs({ inbox, words, said, say, pickTime, leaving }: Parts) {
  const undoable = (text: string, run: () => unknown) =>
    said.show(text, { action: { label: words.undo, run: () => void run() } })

  return {
    pickTime,
    toggleRead({ id, readAt }: Notification) {
      void inbox.read([id], !readAt)
    },
    toggleArchived(row: Notification) {
      const isArchived = !row.archivedAt
      leaving(row)
      void inbox.archive([row.id], isArchived)
      if (isArchived) undoable(words.archived(row.title), () => inbox.archive([row.id], false))
    },
    snooze(row: Notification, until: string) {
      leaving(row)
      void inbox.snooze([row.id], until)
      undoable(words.snoozed(say(until)), () => inbox.snooze([row.id], null))
    },
    wake(row: Notification) {
      leaving(row)
      void inbox.snooze([row.id], null)
    },
  }
}
