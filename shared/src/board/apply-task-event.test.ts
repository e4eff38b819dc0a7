import { assert, suite } from '@taskflow/tools/suite.ts'
import { type Attachment, type Comment, Task } from '../dto/task.ts'
import { events, type EventData, type EventType } from '../events/all.ts'
import { applyTaskEvent, type TaskState } from './apply-task-event.ts'
import { taskActs } from './task-acts.ts'
import { TASK_FIELDS } from './task-fields.ts'
import { ADA, BOARD, BOB, card, DONE, FIRST, id, LATER, SECOND } from './testing/board.ts'

const test = suite('an open task')

const comment = (number: number, more: Partial<Comment> = {}): Comment => ({
  id: id(50 + number),
  taskId: FIRST,
  authorId: ADA,
  body: `Comment ${number}`,
  mentionIds: [],
  reactions: {},
  createdAt: `2026-11-20T09:0${number}:00.000Z`,
  editedAt: null,
  ...more,
})

const file: Attachment = {
  id: id(71),
  taskId: FIRST,
  name: 'plan.pdf',
  type: 'application/pdf',
  size: 12,
  createdBy: ADA,
  createdAt: LATER,
}

const opened = (): TaskState => ({
  task: {
    ...card(1, { version: 3 }),
    workspaceId: id(2),
    key: 'WEB-1',
    createdAt: '2026-11-20T08:00:00.000Z',
    description: 'Before',
    descriptionVersion: 2,
    checklistItems: [],
    watcherIds: [ADA],
    archivedAt: null,
    deletedAt: null,
  },
  attachments: [],
  comments: [comment(1), comment(3)],
})

function after<Type extends EventType>(type: Type, data: EventData<Type>, state = opened()): TaskState {
  events[type].parse(data)
  const fact = {
    stream: `b:${BOARD}`,
    epoch: 'e',
    seq: 1,
    txn: id(99),
    at: LATER,
    type,
    actor: { kind: 'system' as const, id: null, name: '' },
    data,
  }
  const next = applyTaskEvent(state, fact)
  assert.deepEqual(applyTaskEvent(next, fact), next, 'a second time changes nothing')
  Task.parse(next.task)
  return next
}

const stamp = { version: 4, updatedAt: LATER }

test('the list of fields names those of the schema', () => {
  assert.deepEqual(TASK_FIELDS.toSorted(), Object.keys(Task.shape).toSorted())
})

test('a change brings the long text, the steps, the watchers and the files along', () => {
  const checklistItems = [{ id: id(61), text: 'Step', done: true, kind: 'step' as const }]
  const data = {
    ...{ id: FIRST, description: 'After', descriptionVersion: 4, hasDescription: true },
    ...{ checklistItems, checklist: { done: 1, total: 1 }, watcherIds: [BOB], attachments: [file], attachmentCount: 1 },
    ...stamp,
  }
  const { attachments, ...changes } = data
  const next = after('task.updated', data)
  assert.deepEqual(next, { ...opened(), attachments, task: { ...opened().task, ...changes } })
})

test('facts of other tasks, and unknown ones, leave the same object', () => {
  const state = opened()
  assert.equal(after('task.updated', { id: SECOND, title: 'Other', ...stamp }, state), state)
  assert.equal(after('comment.deleted', { id: id(51), taskId: SECOND, commentCount: 0 }, state), state)
  assert.equal(after('comment.updated', { id: id(59), taskId: FIRST, body: 'Unknown' }, state), state)
})

test('a fact that is older than what was read changes nothing', () => {
  const state = opened()
  assert.equal(after('task.updated', { id: FIRST, title: 'Old', version: 2, updatedAt: LATER }, state), state)
})

test('it moves, closes and opens again', () => {
  const place = { columnId: DONE, position: 'a5', closedAt: LATER }
  assert.deepEqual(after('task.moved', { id: FIRST, ...place, ...stamp }).task, {
    ...opened().task,
    ...place,
    ...stamp,
  })
  assert.equal(after('task.closed', { id: FIRST, ...place, ...stamp }).task.closedAt, LATER)
  const sorted = after('column.sorted', { id: DONE, by: 'due', tasks: [{ id: FIRST, ...place, ...stamp }] })
  assert.equal(sorted.task.position, 'a5')
})

test('it leaves for the archive, the trash or another board, and comes back', () => {
  assert.equal(after('task.deleted', { id: FIRST, reason: 'archived', ...stamp }).task.archivedAt, LATER)
  const trashed = after('task.deleted', { id: FIRST, reason: 'trashed', ...stamp })
  assert.equal(trashed.task.deletedAt, LATER)
  assert.equal(after('task.deleted', { id: FIRST, reason: 'moved', toBoardId: id(9), ...stamp }).task.boardId, id(9))
  const back = after('task.restored', card(1, { version: 5 }), trashed)
  assert.deepEqual([back.task.deletedAt, back.task.archivedAt], [null, null])
})

test('it is no subtask any more when its parent is erased or goes to another board', () => {
  const below = { ...opened(), task: { ...opened().task, parentId: SECOND } }
  const parentOf = (reason: 'trashed' | 'archived' | 'moved' | 'erased') =>
    after('task.deleted', { id: SECOND, reason, ...stamp }, below).task.parentId
  assert.deepEqual([parentOf('erased'), parentOf('moved')], [null, null])
  assert.deepEqual([parentOf('trashed'), parentOf('archived')], [SECOND, SECOND])
})

test('comments come in order, change and go, and count', () => {
  const written = after('comment.created', { ...comment(2), commentCount: 3, watcherIds: [ADA, BOB] })
  assert.deepEqual(
    written.comments.map(({ body }) => body),
    ['Comment 1', 'Comment 2', 'Comment 3'],
  )
  assert.deepEqual([written.task.commentCount, written.task.watcherIds], [3, [ADA, BOB]])
  const reactions = { '👍': [BOB] }
  const changed = after('comment.updated', { id: id(51), taskId: FIRST, body: 'Anew', editedAt: LATER, reactions })
  assert.deepEqual(changed.comments[0], comment(1, { body: 'Anew', editedAt: LATER, reactions }))
  const gone = after('comment.deleted', { id: id(51), taskId: FIRST, commentCount: 1 })
  assert.deepEqual(gone.comments, [comment(3)])
  assert.equal(gone.task.commentCount, 1)
})

test('unanswered acts lie over it, and only over their own task', () => {
  const state = opened()
  const edited = taskActs.updateTask(state, { id: FIRST, changes: { description: 'Mine', attachments: [file] } })
  assert.deepEqual([edited.task.description, edited.attachments], ['Mine', [file]])
  assert.equal(taskActs.updateTask(state, { id: SECOND, changes: { title: 'Other' } }), state)
  assert.deepEqual(taskActs.watchTask(state, { id: FIRST, userId: BOB, on: true }).task.watcherIds, [ADA, BOB])
  assert.deepEqual(taskActs.watchTask(state, { id: FIRST, userId: ADA, on: false }).task.watcherIds, [])
  assert.equal(taskActs.createComment(state, { comment: comment(1) }), state)
  assert.equal(taskActs.createComment(state, { comment: comment(4) }).comments.at(-1)?.body, 'Comment 4')
  const changes = { body: 'Anew' }
  assert.equal(taskActs.updateComment(state, { id: id(51), changes }).comments[0]?.body, 'Anew')
  assert.deepEqual(taskActs.deleteComment(state, { id: id(51) }).comments, [comment(3)])
})

test('an item that was ticked lies over whatever the list has become meanwhile', () => {
  const step = (number: number) => ({ id: id(number), text: `Step ${number}`, done: false, kind: 'step' as const })
  const stepsOf = ({ task }: TaskState) => task.checklistItems.map(({ text, done }) => `${text} ${done}`)
  const heard = after('task.updated', { id: FIRST, checklistItems: [step(2), step(1)], ...stamp })
  const tick = { id: FIRST, itemId: id(1), wish: { done: true } }
  assert.deepEqual(stepsOf(taskActs.changeItem(heard, tick)), ['Step 2 false', 'Step 1 true'])
  assert.deepEqual(stepsOf(taskActs.changeItem(heard, { ...tick, wish: null })), ['Step 2 false'])
  assert.equal(taskActs.changeItem(heard, { ...tick, itemId: id(3) }).task.checklistItems, heard.task.checklistItems)
  assert.equal(taskActs.changeItem(heard, { ...tick, id: SECOND }), heard)
})

test('a reaction is counted once per person, and gone with the last of them', () => {
  const like = { id: id(51), emoji: '👍', userId: ADA }
  const liked = taskActs.setReaction(taskActs.setReaction(opened(), { ...like, on: true }), { ...like, on: true })
  assert.deepEqual(liked.comments[0]?.reactions, { '👍': [ADA] })
  assert.deepEqual(taskActs.setReaction(liked, { ...like, on: false }).comments[0]?.reactions, {})
})

test.run()
