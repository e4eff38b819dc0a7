import type { Notification, NotificationFilter } from '@taskflow/shared/dto/notification.ts'

export type Filter = Exclude<NotificationFilter, 'all'>
export const FILTERS = ['inbox', 'unread', 'mentions', 'assigned', 'snoozed', 'archived'] as const satisfies Filter[]

export const isFilter = (text: string | null): text is Filter => FILTERS.includes(text as Filter)

const isInTheInbox = ({ archivedAt, snoozedUntil }: Notification) => !archivedAt && !snoozedUntil

/** What each filter means, as the server means it. */
const MEANINGS: Record<Filter, (row: Notification) => boolean> = {
  inbox: isInTheInbox,
  unread: (row) => !row.readAt && isInTheInbox(row),
  mentions: (row) => row.reason === 'mentioned' && isInTheInbox(row),
  assigned: (row) => row.reason === 'assigned' && isInTheInbox(row),
  snoozed: ({ snoozedUntil, archivedAt }) => Boolean(snoozedUntil) && !archivedAt,
  archived: ({ archivedAt }) => Boolean(archivedAt),
}

export interface Selection {
  filter: Filter
  workspaceId: string | null
}

/** `kept` stay although they do not match any more: what one has just read must not slip away under the pointer. */
export function select(
  rows: readonly Notification[],
  { filter, workspaceId }: Selection,
  kept: ReadonlySet<string>,
): Notification[] {
  return rows.filter(
    (row) =>
      (!workspaceId || row.workspaceId === workspaceId) &&
      (MEANINGS[filter](row) || (filter === 'unread' && kept.has(row.id) && isInTheInbox(row))),
  )
}
