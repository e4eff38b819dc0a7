import type { InboxPage, Notification } from '@taskflow/shared/dto/notification.ts'
import type { Envelope } from '@taskflow/shared/events/envelope.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { Heard } from './heard.ts'

const test = suite('bringing a page of the inbox up to date')

const row = (id: string, changes: Partial<Notification> = {}) =>
  ({ id, updatedAt: '2026-11-20T12:00:00.000Z', readAt: null, unreadCount: 1, ...changes }) as Notification
const fact = (seq: number, type: string, data: object, epoch = 'e') => ({ epoch, seq, type, data }) as Envelope
const pageAt = (seq: number, items: Notification[], unread: number) =>
  ({ items, unread, next: null, stream: { id: 'u:me', epoch: 'e', seq, ticket: '' } }) as InboxPage

const nothing = { items: [], unread: 0 }

test('facts that came while the page was on its way are applied to it, older ones are not', () => {
  const heard = new Heard()
  heard.add([
    fact(5, 'notification.read', { ids: ['one'], readAt: null, unread: 1 }),
    fact(6, 'notification.read', { ids: ['two'], readAt: 'then', unread: 1 }),
  ])
  const { items, unread } = heard.merge(nothing, pageAt(5, [row('one', { readAt: 'then' }), row('two')], 1))
  assert.deepEqual(
    items.map(({ id, readAt }) => [id, readAt]),
    [
      ['two', 'then'],
      ['one', 'then'],
    ],
  )
  assert.equal(unread, 1)
})

test('rows that the page does not have are kept, and its own are the newer ones', () => {
  const known = { items: [row('old', { updatedAt: '2026-11-01T12:00:00.000Z' }), row('one')], unread: 2 }
  const { items } = new Heard().merge(known, pageAt(5, [row('one', { readAt: 'then' })], 1))
  assert.deepEqual(
    items.map(({ id, readAt }) => [id, readAt]),
    [
      ['one', 'then'],
      ['old', null],
    ],
  )
})

test('a gap, or another history, is noticed', () => {
  const heard = new Heard()
  let gaps = 0
  heard.onGap(() => gaps++)
  const gapsAfter = (...facts: Envelope[]) => {
    heard.add(facts)
    return gaps
  }
  assert.equal(gapsAfter(fact(5, 'x', {})), 0)
  assert.equal(gapsAfter(fact(6, 'x', {}), fact(7, 'x', {})), 0)
  assert.equal(gapsAfter(fact(9, 'x', {})), 1)
  assert.equal(gapsAfter(fact(10, 'x', {}, 'f')), 2)
})

test.run()
