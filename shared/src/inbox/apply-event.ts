import { changeWhere, put } from '../board/rows.ts'
import type { InboxState, Notification } from '../dto/notification.ts'
import type { AnyEnvelope } from '../events/all.ts'
import type { Envelope } from '../events/envelope.ts'

/** An inbox after one more fact of its person's own stream, like `applyEvent` for boards. */
export function applyInboxEvent(state: InboxState, envelope: Envelope): InboxState {
  const event = envelope as AnyEnvelope
  switch (event.type) {
    case 'notification.created': {
      const { unread, ...notification } = event.data
      return { ...state, items: put(state.items, notification).toSorted(latestFirst), unread }
    }
    case 'notification.read': {
      const { ids, readAt, unread } = event.data
      const wanted = ids === 'all' ? inTheInbox(state.items, ({ readAt: known }) => !known) : ids
      const read = (row: Notification) => ({ readAt, unreadCount: readAt ? 0 : Math.max(1, row.unreadCount) })
      return { ...state, items: changeAmong(state.items, wanted, read), unread }
    }
    case 'notification.archived': {
      const { ids, archivedAt, unread } = event.data
      const wanted = ids === 'all' ? inTheInbox(state.items, ({ archivedAt: known }) => !known) : ids
      return { ...state, items: changeAmong(state.items, wanted, () => ({ archivedAt })), unread }
    }
    case 'notification.snoozed': {
      const { ids, snoozedUntil, unread } = event.data
      return { ...state, items: changeAmong(state.items, ids, () => ({ snoozedUntil })), unread }
    }
    case 'inbox.counted': {
      const { removedIds, unread } = event.data
      return { ...state, items: withoutRemoved(state.items, removedIds), unread }
    }
    default:
      return state
  }
}

/** The order of every list of notifications. */
export const latestFirst = (a: Notification, b: Notification): number =>
  a.updatedAt > b.updatedAt ? -1 : a.updatedAt < b.updatedAt ? 1 : a.id > b.id ? -1 : a.id < b.id ? 1 : 0

/** What is meant by all: those whose turn it is, and not what sleeps. */
const inTheInbox = (items: Notification[], isMeant: (row: Notification) => boolean): string[] =>
  items.filter((row) => !row.snoozedUntil && isMeant(row)).map(({ id }) => id)

function changeAmong(
  items: Notification[],
  ids: string[],
  changesOf: (row: Notification) => Partial<Notification>,
): Notification[] {
  const named = new Set(ids)
  return changeWhere(items, (row) => (named.has(row.id) ? changesOf(row) : undefined))
}

function withoutRemoved(items: Notification[], removedIds: string[] = []): Notification[] {
  if (removedIds.length === 0) return items
  const removed = new Set(removedIds)
  return items.filter(({ id }) => !removed.has(id))
}
