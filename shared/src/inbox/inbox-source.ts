import type { InboxPage, InboxState } from '../dto/notification.ts'
import { userStream } from '../names.ts'
import type { Source } from '../sync/source.ts'
import { applyInboxEvent } from './apply-event.ts'

const PAGE = 100

/** A person's notifications as the engine keeps them current: the latest page, with all that comes after it. */
export const inboxSource = (userId: string): Source<InboxState> => ({
  id: userStream(userId),
  apply: applyInboxEvent,
  read: async (get) => {
    const { items, unread, stream } = await get<InboxPage>(`/api/notifications?filter=all&limit=${PAGE}`)
    return { state: { items, unread }, stream }
  },
})
