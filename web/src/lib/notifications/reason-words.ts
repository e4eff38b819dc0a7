import type { Notification } from '@taskflow/shared/dto/notification.ts'
import type { Words } from '#lib/messages/parts.ts'

/** "Ada and 2 others commented", "Ben moved this to Doing": why somebody was told. */
export function reasonWords(row: Notification, words: Words<'inbox'>): string {
  const [latest] = row.actors
  const who = { name: latest?.name || words.somebody, others: Math.max(0, row.actors.length - 1) }
  const sentence = words.reasons[row.reason]?.(who) ?? row.reason
  return row.reason === 'status_changed' && row.latest.excerpt
    ? `${sentence} ${words.movedTo(row.latest.excerpt)}`
    : sentence
}

/** What was said, as opposed to what was done. */
export const quoteOf = ({ reason, latest }: Notification): string | null =>
  reason === 'status_changed' ? null : latest.excerpt

/** Where it leads: to the task, else to the board, else home. */
export function hrefOf({ boardId, taskId }: Notification): string {
  if (!boardId) return '/'
  return taskId ? `/boards/${boardId}/tasks/${taskId}` : `/boards/${boardId}`
}
