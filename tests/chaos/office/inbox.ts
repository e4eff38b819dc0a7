import type { InboxPage, Notification } from '@taskflow/shared/dto/notification.ts'
import type { Person } from '../../../core-api/src/testing/person.ts'
import type { Ask } from './asking.ts'

/** All that somebody was ever told, page by page. */
export async function listInbox(ask: Ask, person: Person, filter = 'all') {
  const items: Notification[] = []
  let path = `/api/notifications?filter=${filter}&limit=200`
  for (;;) {
    const page: InboxPage = (await ask<InboxPage>(person, 'GET', path)).body
    items.push(...page.items)
    if (page.next === null) return { items, unread: page.unread }
    path = `/api/notifications?filter=${filter}&limit=200&cursor=${encodeURIComponent(page.next)}`
  }
}

export const findInInbox = async (ask: Ask, person: Person, taskId: string) =>
  (await listInbox(ask, person, 'unread')).items.find((row) => row.taskId === taskId)
