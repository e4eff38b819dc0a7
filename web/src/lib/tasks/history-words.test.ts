import type { HistoryItem } from '@taskflow/shared/dto/history.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { task } from '../messages/en/task.ts'
import { historyWords } from './history-words.ts'

const test = suite('history in words')

const names = {
  person: (id: string) => `P${id}`,
  column: (id: string) => `C${id}`,
  label: (id: string) => `L${id}`,
  when: ({ date }: { date: string }) => date,
  priority: (priority: string) => priority,
}
const say = (type: string, changes: Record<string, unknown> = {}, fields = Object.keys(changes)) =>
  historyWords({ type, changes, fields } as unknown as HistoryItem, task.history, names).join('; ')

test('each change is said with its new value', () => {
  assert.equal(say('task.updated', { title: 'New' }), 'renamed it to “New”')
  assert.equal(say('task.updated', { assigneeIds: ['1', '2'] }), 'assigned P1, P2')
  assert.equal(say('task.updated', { assigneeIds: [] }), 'took everybody off it')
  assert.equal(say('task.updated', { due: null, priority: 'high' }), 'set the priority to high; removed the due date')
  assert.equal(say('task.updated', {}, ['description']), 'changed the description')
  assert.equal(say('task.updated', { checklistItems: [], checklist: null }), 'emptied the checklist')
  assert.equal(say('task.updated', { somethingNew: 1 }), 'changed it')
})

test('a move says from where to where, or that it stayed in its column', () => {
  assert.equal(say('task.moved', { columnId: '2', fromColumnId: '1' }), 'moved it from C1 to C2')
  assert.equal(say('task.moved', { columnId: '2' }), 'moved it to C2')
  assert.equal(say('task.moved', { columnId: '2', fromColumnId: '2' }), 'changed its place in the column')
})

test('a reaction is no edit of the comment', () => {
  assert.equal(say('comment.updated', { reactions: {} }), 'reacted to a comment')
  assert.equal(say('comment.updated', {}, ['body']), 'edited a comment')
})

test('what nobody knows yet is left out', () => {
  assert.equal(say('task.teleported'), '')
})

test.run()
