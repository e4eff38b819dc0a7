import type { DeliveryKind, DeliveryPurpose } from '@taskflow/shared/dto/operations.ts'
import type { QuietHours } from '@taskflow/shared/dto/preferences.ts'
import { endOfQuietHours } from '../preferences/quiet-hours.ts'
import { type Digest, nextDigestAt } from './digest-times.ts'
import type { NotSent } from './senders.ts'

/** A notification that a message is to tell of, as it is at this moment. */
export interface Waiting {
  id: string
  read: boolean
  /** Something that the message was left for has not been read since. */
  isNews: boolean
  /** They want to hear of something that it was left for, this way. */
  wanted: boolean
  snoozedUntil: string | null
  /** When it last ceased to be read; null if it never was. */
  unreadSince: string | null
}

/** When somebody wants to be told. */
export interface Habits {
  digest: 'instant' | Digest
  zone: string
  quietHours: QuietHours | null
  /** How long it stays unread before a mail goes out. */
  delayMs: number
}

interface Leaving {
  kind: DeliveryKind
  purpose: DeliveryPurpose
  createdAt: Date
}

/** `later`: what a digest leaves out for now. */
export type Heard<One> = { unread: One[]; later: { ids: string[]; at: Date } | null }

/** When and of what somebody hears beside the app: asked each time that a message is about to leave. */
export function hear<One extends Waiting>(
  all: One[],
  habits: Habits,
  message: Leaving,
  now: Date,
): Heard<One> | NotSent {
  const open = all.filter(({ read, isNews, wanted }) => !read && isNews && wanted)
  if (open.length === 0) return { status: 'suppressed', reason: whyNot(all) }
  const quietUntil = habits.quietHours && endOfQuietHours(habits.quietHours, now, habits.zone)
  if (quietUntil) return { status: 'put off', until: quietUntil }
  const due = new Map(open.map((one) => [one, dueAt(one, habits, message, now)]))
  const unread = open.filter((one) => due.get(one)! <= now)
  const rest = open.filter((one) => due.get(one)! > now)
  if (rest.length === 0) return { unread, later: null }
  const at = new Date(Math.min(...rest.map((one) => due.get(one)!.getTime())))
  if (unread.length === 0) return { status: 'put off', until: at }
  return { unread, later: { ids: rest.map(({ id }) => id), at } }
}

function dueAt({ snoozedUntil, unreadSince }: Waiting, habits: Habits, message: Leaving, now: Date): Date {
  const { digest, zone, delayMs } = habits
  const delay = message.kind === 'email' ? delayMs : 0
  const awakeAt = snoozedUntil ? Date.parse(snoozedUntil) : 0
  if (awakeAt > now.getTime()) {
    const at = new Date(awakeAt + delay)
    return message.purpose === 'digest' && digest !== 'instant' ? nextDigestAt(digest, at, zone) : at
  }
  if (message.purpose === 'digest') return now
  return new Date(Math.max(message.createdAt.getTime(), unreadSince ? Date.parse(unreadSince) : 0) + delay)
}

function whyNot(all: Waiting[]): string {
  if (all.length === 0) return 'it is gone, or not theirs to see any more'
  if (all.every(({ read, isNews }) => read || !isNews)) return 'it was read before'
  return 'they want no message about it any more'
}
