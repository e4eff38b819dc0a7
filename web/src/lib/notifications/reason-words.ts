import type { Notification, Reason } from '@taskflow/shared/dto/notification.ts'
import type { Words } from '#lib/messages/parts.ts'

type Said = Pick<Notification, 'reason' | 'latest'>

const BY_TYPE: Record<string, Reason> = {
  'comment.created': 'commented',
  'comment.updated': 'commented',
  'task.moved': 'status_changed',
  'task.closed': 'status_changed',
  'task.reopened': 'status_changed',
  'task.unassigned': 'unassigned',
  'task.due_soon': 'due_soon',
  'task.overdue': 'overdue',
  'reminder.fired': 'reminder',
}

/** What happened last, which need not be the strongest reason to be told. */
export function latestReason({ reason, latest: { type } }: Said): Reason {
  const last = BY_TYPE[type] ?? reason
  return last === 'commented' && reason === 'mentioned' ? 'mentioned' : last
}

const OF_TIME = new Set<Reason>(['due_soon', 'overdue', 'reminder'])

/** The clock did it, and nobody else. */
export const isOfTime = (reason: Reason): boolean => OF_TIME.has(reason)

/** "Ada commented", "Ben moved this to Doing". */
export function reasonWords(row: Notification, words: Words<'inbox'>): string {
  const reason = latestReason(row)
  const sentence = words.reasons[reason]?.(row.actors[0]?.name || words.somebody) ?? reason
  const { excerpt } = row.latest
  return reason === 'status_changed' && excerpt ? `${sentence} ${words.movedTo(excerpt)}` : sentence
}

const MENTION = /@\[([^\]\n]{1,200})\]\(user:[0-9a-f-]{36}\)/gi

/** What was said, as opposed to what was done; in plain text. */
export function quoteOf(row: Said): string | null {
  if (latestReason(row) === 'status_changed') return null
  return row.latest.excerpt?.replace(MENTION, '@$1') ?? null
}

/** Where it leads: to the task, else to the board, else home. */
export function hrefOf({ boardId, taskId }: Notification): string {
  if (!boardId) return '/'
  return taskId ? `/boards/${boardId}/tasks/${taskId}` : `/boards/${boardId}`
}
