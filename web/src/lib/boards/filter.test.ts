import type { TaskCard } from '@taskflow/shared/dto/task.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { type Filter, fieldCount, isFiltering, matcherOf, readFilter, writeFilter } from './filter.ts'

const test = suite('filters of a board')

const looker = {
  userId: 'me',
  zone: 'UTC',
  today: '2026-11-20',
  now: '2026-11-20T12:00:00.000Z',
  key: 'WEB',
  isDone: (id: string) => id === 'done',
}
const card = (fields: Partial<TaskCard>) =>
  ({
    title: 'Fix the sign-in page',
    number: 42,
    assigneeIds: [],
    labelIds: [],
    blockedByIds: [],
    priority: 'none',
    due: null,
    start: null,
    ...fields,
  }) as TaskCard
const day = (date: string) => ({ date, time: null, zone: null, at: null })
const from = (address: string) => readFilter(new URLSearchParams(address))
const matches = (address: string, fields: Partial<TaskCard>) => matcherOf(from(address), looker)(card(fields))

test('a filter survives the address, and what else stands there stays', () => {
  const filter: Filter = {
    text: 'sign in',
    isMine: true,
    isBlocked: true,
    assigneeIds: ['a', 'nobody'],
    labelIds: ['l', 'none'],
    priorities: ['high', 'low'],
    due: 'week',
    start: 'started',
    state: 'open',
    columnIds: ['todo'],
    creatorIds: ['me'],
  }
  const params = writeFilter('?view=list', filter)
  assert.equal(params.get('view'), 'list')
  assert.deepEqual(readFilter(params), filter)
  assert.equal(writeFilter(params.toString(), from('')).toString(), 'view=list')
})

test('without a filter every card is shown', () => {
  assert.equal(isFiltering(from('')), false)
  assert.equal(matches('', {}), true)
  assert.equal(fieldCount(from('mine=1&due=none&q=x')), 2)
})

test('the text is found in the title and the number, in any order of words', () => {
  assert.equal(matches('q=PAGE fix', {}), true)
  assert.equal(matches('q=web-42', {}), true)
  assert.equal(matches('q=sign-out', {}), false)
})

test('only mine, somebody, and nobody', () => {
  assert.equal(matches('mine=1', { assigneeIds: ['me', 'you'] }), true)
  assert.equal(matches('mine=1', { assigneeIds: ['you'] }), false)
  assert.equal(matches('assignee=nobody', {}), true)
  assert.equal(matches('assignee=you,nobody', { assigneeIds: ['you'] }), true)
})

test('without a label, alone or beside a label', () => {
  assert.equal(matches('label=none', {}), true)
  assert.equal(matches('label=none', { labelIds: ['a'] }), false)
  assert.equal(matches('label=none,a', { labelIds: ['a'] }), true)
})

test('blocked is what waits for a task that is not done', () => {
  assert.equal(matches('blocked=1', {}), false)
  assert.equal(matches('blocked=1', { blockedByIds: ['done', 'other'] }), true)
  assert.equal(matches('blocked=1', { blockedByIds: ['done'] }), false)
  assert.equal(fieldCount(from('blocked=1')), 1)
})

test('every field must match, and any value within a field', () => {
  assert.equal(matches('priority=high,low&label=a', { priority: 'low', labelIds: ['a', 'b'] }), true)
  assert.equal(matches('priority=high&label=a', { priority: 'low', labelIds: ['a'] }), false)
})

test('its column, who created it and whether it is done narrow the board too', () => {
  assert.equal(matches('column=todo,doing', { columnId: 'doing' }), true)
  assert.equal(matches('column=todo', { columnId: 'doing' }), false)
  assert.equal(matches('creator=me', { createdBy: null }), false)
  assert.equal(matches('state=open', { closedAt: null }), true)
  assert.equal(matches('state=done', { closedAt: null }), false)
  assert.equal(matches('state=nonsense', { closedAt: null }), true)
})

test('overdue is what should have been done, to the minute, and is not closed', () => {
  assert.equal(matches('due=overdue', { due: day('2026-11-19') }), true)
  assert.equal(matches('due=overdue', { due: day('2026-11-20') }), false)
  assert.equal(matches('due=overdue', { due: { ...day('2026-11-20'), at: '2026-11-20T11:59:00.000Z' } }), true)
  assert.equal(matches('due=overdue', { due: day('2026-11-19'), closedAt: '2026-11-19T10:00:00.000Z' }), false)
})

test('this week reaches seven days ahead', () => {
  assert.equal(matches('due=week', { due: day('2026-11-27') }), true)
  assert.equal(matches('due=week', { due: day('2026-11-28') }), false)
  assert.equal(matches('due=none', {}), true)
})

test('a time is due on the day that it is where the person is', () => {
  const due = { date: '2026-11-21', time: '01:00', zone: 'Asia/Tokyo', at: '2026-11-20T16:00:00.000Z' }
  assert.equal(matches('due=today', { due }), true)
  assert.equal(matches('start=today', { start: { ...due, at: '2026-11-21T00:30:00.000Z' } }), false)
})

test('by its start: what has begun, to the minute, what begins soon, and what has no date', () => {
  assert.equal(matches('start=started', { start: day('2026-11-20') }), true)
  assert.equal(matches('start=started', { start: day('2026-11-21') }), false)
  assert.equal(matches('start=started', { start: { ...day('2026-11-20'), at: '2026-11-20T12:01:00.000Z' } }), false)
  assert.equal(matches('start=started', { start: null }), false)
  assert.equal(matches('start=today', { start: day('2026-11-20') }), true)
  assert.equal(matches('start=week', { start: day('2026-11-27') }), true)
  assert.equal(matches('start=week', { start: day('2026-11-19') }), false)
  assert.equal(matches('start=none', { start: null }), true)
  assert.equal(matches('start=none', { start: day('2026-11-20') }), false)
  assert.equal(fieldCount(from('start=today')), 1)
})

test.run()
