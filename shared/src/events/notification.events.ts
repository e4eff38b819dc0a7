import { z } from 'zod'
import { Notification } from '../dto/notification.ts'
import { Id } from '../dto/user.ts'

/** Every fact of the inbox carries `unread`, the person's whole count after it. */
const unread = { unread: z.int() }

export const notificationEvents = {
  'notification.created': Notification.extend(unread),
  'notification.read': z.object({
    ids: z.union([z.array(Id), z.literal('all')]),
    readAt: z.string().nullable(),
    ...unread,
  }),
  'notification.archived': z.object({
    ids: z.union([z.array(Id), z.literal('all')]),
    archivedAt: z.string().nullable(),
    ...unread,
  }),
  'notification.snoozed': z.object({ ids: z.array(Id), snoozedUntil: z.string().nullable(), ...unread }),
  /** `removedIds` are notifications that are gone: access was lost, or what they were about. */
  'inbox.counted': z.object({ ...unread, removedIds: z.array(Id).optional() }),
} as const
