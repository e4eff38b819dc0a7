import type { Notification } from '@taskflow/shared/dto/notification.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { type Filter, select } from './selecting.ts'

const test = suite('filters of the inbox')

const row = (id: string, changes: Partial<Notification> = {}) =>
  ({
    id,
    workspaceId: 'one',
    reason: 'commented',
    readAt: null,
    archivedAt: null,
    snoozedUntil: null,
    ...changes,
  }) as Notification

const rows = [
  row('new'),
  row('read', { readAt: 'then' }),
  row('mention', { reason: 'mentioned', readAt: 'then' }),
  row('task', { reason: 'assigned', workspaceId: 'two' }),
  row('asleep', { snoozedUntil: 'soon' }),
  row('gone', { archivedAt: 'then' }),
  row('gone asleep', { archivedAt: 'then', snoozedUntil: 'soon' }),
]
const idsOf = (filter: Filter, workspaceId: string | null = null, kept: string[] = []) =>
  select(rows, { filter, workspaceId }, new Set(kept)).map(({ id }) => id)

test('the inbox is what is neither archived nor asleep', () => {
  assert.deepEqual(idsOf('inbox'), ['new', 'read', 'mention', 'task'])
  assert.deepEqual(idsOf('unread'), ['new', 'task'])
  assert.deepEqual(idsOf('mentions'), ['mention'])
  assert.deepEqual(idsOf('assigned'), ['task'])
})

test('what is archived is not asleep as well', () => {
  assert.deepEqual(idsOf('snoozed'), ['asleep'])
  assert.deepEqual(idsOf('archived'), ['gone', 'gone asleep'])
})

test('one workspace is shown alone', () => {
  assert.deepEqual(idsOf('inbox', 'two'), ['task'])
})

test('what was read while it was shown among the unread stays there, unless it was put away', () => {
  assert.deepEqual(idsOf('unread', null, ['read', 'gone', 'asleep']), ['new', 'read', 'task'])
  assert.deepEqual(idsOf('mentions', null, ['read']), ['mention'])
})

test.run()
