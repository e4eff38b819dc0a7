import { assert, suite } from '@taskflow/tools/suite.ts'
import type { InboxState, Notification } from '../dto/notification.ts'
import type { EventData, EventType } from '../events/all.ts'
import { applyInboxEvent } from './apply-event.ts'

const test = suite('apply-inbox-event')

const EARLY = '2026-11-20T09:00:00.000Z'
const LATE = '2026-11-20T10:00:00.000Z'
const id = (n: number) => `00000000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`

const row = (n: number, changes: Partial<Notification> = {}): Notification => ({
  id: id(n),
  workspaceId: id(90),
  boardId: id(91),
  taskId: id(92),
  key: 'WEB-42',
  title: 'Fix login',
  reason: 'assigned',
  actors: [],
  latest: { type: 'task.updated', at: EARLY, excerpt: null, late: false },
  unreadCount: 1,
  readAt: null,
  archivedAt: null,
  snoozedUntil: null,
  updatedAt: EARLY,
  ...changes,
})

const inbox = (...items: Notification[]): InboxState => ({ items, unread: 2 })
const apply = <Type extends EventType>(state: InboxState, type: Type, data: EventData<Type>) =>
  applyInboxEvent(state, { type, data } as never)

test('what is new comes first, also when it has only grown', () => {
  const grown = row(1, { updatedAt: LATE, unreadCount: 2 })
  assert.deepEqual(apply(inbox(row(2), row(1)), 'notification.created', { ...grown, unread: 3 }), {
    items: [grown, row(2)],
    unread: 3,
  })
})

test('read and unread change those that are named', () => {
  const read = apply(inbox(row(2), row(1)), 'notification.read', { ids: [id(1)], readAt: LATE, unread: 1 })
  assert.deepEqual(read, { items: [row(2), row(1, { readAt: LATE, unreadCount: 0 })], unread: 1 })
  const back = apply(read, 'notification.read', { ids: [id(1)], readAt: null, unread: 2 })
  assert.deepEqual(back, inbox(row(2), row(1)))
})

test('all are those that it would change, and not what is snoozed', () => {
  const [asleep, known] = [row(3, { snoozedUntil: LATE }), row(2, { readAt: EARLY, unreadCount: 0 })]
  const state = apply(inbox(asleep, known, row(1)), 'notification.read', { ids: 'all', readAt: LATE, unread: 0 })
  assert.deepEqual(state.items, [asleep, known, row(1, { readAt: LATE, unreadCount: 0 })])
  const away = apply(state, 'notification.archived', { ids: 'all', archivedAt: LATE, unread: 0 })
  assert.deepEqual(
    away.items.map(({ archivedAt }) => archivedAt),
    [null, LATE, LATE],
  )
})

test('what is snoozed or gone is, and other facts change nothing', () => {
  const state = inbox(row(2), row(1))
  const asleep = apply(state, 'notification.snoozed', { ids: [id(2)], snoozedUntil: LATE, unread: 1 })
  assert.equal(asleep.items[0]!.snoozedUntil, LATE)
  const counted = apply(state, 'inbox.counted', { unread: 1, removedIds: [id(2)] })
  assert.deepEqual(counted, { items: [row(1)], unread: 1 })
  assert.equal(apply(state, 'user.updated', { id: id(5), name: 'Ada' }), state)
})

test.run()
