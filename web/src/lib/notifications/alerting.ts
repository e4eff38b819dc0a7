import type { Notification } from '@taskflow/shared/dto/notification.ts'
import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import type { Messages } from '#lib/messages/en.ts'
import { latestReason } from './reason-words.ts'

export const ALERTING = ['mentioned', 'assigned', 'overdue', 'due_soon', 'reminder', 'invited'] as const
type Alerting = (typeof ALERTING)[number]

const FRESH_MS = 60_000

/** What deserves a word on the screen at once: not what was caught up with after an absence. */
export function toAlert({ type, data, at }: Envelope, now: number): Notification | null {
  if (type !== 'notification.created' || now - Date.parse(at) > FRESH_MS) return null
  const row = data as Notification
  const { type: latest, excerpt } = row.latest
  // Its words are gone with the comment: the row has changed, and nothing new has happened.
  if (latest.startsWith('comment.') && excerpt === null) return null
  return ALERTING.includes(latestReason(row) as Alerting) && !row.readAt ? row : null
}

export function alertWords(row: Notification, words: Messages['alerts']): string {
  const what = row.key ? `${row.key} ${row.title}` : row.title
  return words[latestReason(row) as Alerting](row.actors[0]?.name || words.somebody, what)
}
