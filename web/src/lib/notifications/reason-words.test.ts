import type { Notification } from '@taskflow/shared/dto/notification.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { inbox as words } from '#lib/messages/en/inbox.ts'
import { hrefOf, quoteOf, reasonWords } from './reason-words.ts'

const test = suite('what a notification says')

const row = (reason: string, type: string, excerpt: string | null = null) =>
  ({ reason, actors: [{ name: 'Cleo' }, { name: 'Ben' }], latest: { type, excerpt } }) as Notification

test('the latest that happened is told, though the strongest reason is another', () => {
  assert.equal(reasonWords(row('assigned', 'task.created'), words), 'Cleo assigned this to you')
  assert.equal(reasonWords(row('assigned', 'comment.created', 'Done?'), words), 'Cleo commented')
  assert.equal(reasonWords(row('assigned', 'task.moved', 'Doing'), words), 'Cleo moved this to Doing')
  assert.equal(reasonWords(row('mentioned', 'comment.created', 'Done?'), words), 'Cleo mentioned you')
  assert.equal(reasonWords(row('assigned', 'task.unassigned'), words), 'Cleo took you off this')
})

test('what was said is quoted with names instead of links, and where it moved to is no quote', () => {
  const link = '@[Ada Berg](user:0199c1f7-1111-7111-8111-111111111111) look'
  assert.equal(quoteOf(row('mentioned', 'comment.created', link)), '@Ada Berg look')
  assert.equal(quoteOf(row('assigned', 'task.moved', 'Doing')), null)
})

test('an event of a newer server is shown by its name, not as nothing', () => {
  assert.equal(reasonWords(row('applauded', 'task.applauded'), words), 'applauded')
})

test('it leads to the task, else to the board, else home', () => {
  assert.equal(hrefOf({ boardId: 'b', taskId: 't' } as Notification), '/boards/b/tasks/t')
  assert.equal(hrefOf({ boardId: 'b', taskId: null } as Notification), '/boards/b')
  assert.equal(hrefOf({ boardId: null, taskId: null } as Notification), '/')
})

test.run()
