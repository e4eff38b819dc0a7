import type { HistoryItem } from '@taskflow/shared/dto/history.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { toDeeds } from './deeds.ts'

const test = suite('what happened, in lines')

const ada = { kind: 'user', id: 'ada', name: 'Ada' } as const
const ben = { kind: 'user', id: 'ben', name: 'Ben' } as const
let seq = 100

const item = (changes: Partial<HistoryItem>): HistoryItem => ({
  stream: 'b:board',
  seq: seq--,
  at: '2026-11-20T12:00:00.000Z',
  type: 'task.updated',
  actor: ada,
  task: { id: 'one', key: 'WEB-1', title: 'One' },
  fields: [],
  changes: {},
  ...changes,
})
const whatOf = (items: HistoryItem[]) => toDeeds(items, () => true).map(({ what, others }) => [what, others])

test('a change is named by what matters most in it', () => {
  assert.deepEqual(whatOf([item({ fields: ['due', 'title'] }), item({ actor: ben, fields: ['due'] })]), [
    ['task.renamed', 0],
    ['task.due', 0],
  ])
})

test('the same done to many in one breath is one line, and done to one again is no news', () => {
  const two = { id: 'two', key: 'WEB-2', title: 'Two' }
  assert.deepEqual(
    whatOf([item({ type: 'task.moved' }), item({ type: 'task.moved' }), item({ type: 'task.moved', task: two })]),
    [['task.moved', 1]],
  )
})

test('other people, boards and times begin a new line', () => {
  const items = [
    item({ type: 'task.closed' }),
    item({ type: 'task.closed', actor: ben }),
    item({ type: 'task.closed', actor: ben, stream: 'b:other' }),
    item({ type: 'task.closed', actor: ben, stream: 'b:other', at: '2026-11-20T11:00:00.000Z' }),
  ]
  assert.equal(whatOf(items).length, 4)
})

test('what has no words, or a task that one may not see any more, is left out', () => {
  const items = [item({ type: 'something.new' }), item({ type: 'task.created', task: null })]
  assert.deepEqual(
    toDeeds(items, (what) => what !== 'something.new'),
    [],
  )
})

test.run()
