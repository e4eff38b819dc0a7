import { assert, suite } from '@taskflow/tools/suite.ts'
import { BoardState } from '../dto/board.ts'
import { events, type EventData, type EventType } from '../events/all.ts'
import { applyEvent } from './apply-event.ts'
import {
  ADA,
  BLUE,
  BOARD,
  BOB,
  board,
  card,
  column,
  DOING,
  DONE,
  EVE,
  FIRST,
  id,
  LATER,
  RED,
  SECOND,
  THIRD,
  TODO,
} from './testing/board.ts'

const test = suite('apply-event')

/** Facts of other streams, and those of a board that change nothing in its snapshot. */
const WITHOUT_TRACE = [
  'board.deleted',
  'comment.updated',
  'workspace.created',
  'workspace.updated',
  'workspace.deleted',
  'user.updated',
  'role.created',
  'role.updated',
  'role.deleted',
  'notification.created',
  'notification.read',
  'notification.archived',
  'notification.snoozed',
  'inbox.counted',
] as const satisfies EventType[]

type BoardEventType = Exclude<EventType, (typeof WITHOUT_TRACE)[number]>
type Cases = { [Type in BoardEventType]: [data: EventData<Type>, change: (state: BoardState) => void][] }

const stamp = { version: 2, updatedAt: LATER }
const task = (state: BoardState, taskId: string) => state.tasks.find((one) => one.id === taskId)!
const place = { columnId: DONE, position: 'a0', closedAt: LATER, ...stamp }
const eve = { id: EVE, name: 'Eve', image: null, role: 'guest', boardRole: 'viewer' as const }
const without = (state: BoardState, userId: string) => {
  state.members = state.members.filter((member) => member.id !== userId)
  for (const one of state.tasks) one.assigneeIds = one.assigneeIds.filter((assignee) => assignee !== userId)
}

/** Per fact: what it says, and what must be different after it. Nothing else may be. */
const cases: Cases = {
  'task.created': [
    [{ ...card(4), description: 'More than a card shows' }, (state) => state.tasks.push(card(4))],
    [card(1, { title: 'Again' }), (state) => (state.tasks[0] = card(1, { title: 'Again' }))],
  ],
  'task.updated': [
    [
      { id: FIRST, title: 'New', description: 'Long', hasDescription: true, checklistItems: [], ...stamp },
      (state) => Object.assign(task(state, FIRST), { title: 'New', hasDescription: true, ...stamp }),
    ],
    [{ id: SECOND, due: null, assigneeIds: [], ...stamp }, (state) => Object.assign(task(state, SECOND), stamp)],
    [{ id: id(29), title: 'Of a task that is not here', ...stamp }, () => {}],
  ],
  'task.moved': [
    [{ id: FIRST, fromColumnId: TODO, ...place }, (state) => Object.assign(task(state, FIRST), place)],
    [{ ...card(4), fromBoardId: id(5), fromColumnId: id(6) }, (state) => state.tasks.push(card(4))],
  ],
  'task.closed': [[{ id: FIRST, ...place }, (state) => Object.assign(task(state, FIRST), place)]],
  'task.reopened': [
    [
      { id: FIRST, ...place, columnId: DOING, closedAt: null },
      (state) => Object.assign(task(state, FIRST), place, { columnId: DOING, closedAt: null }),
    ],
  ],
  'task.deleted': [
    [{ id: SECOND, reason: 'trashed', ...stamp }, (state) => state.tasks.splice(1, 1)],
    [{ id: id(29), reason: 'moved', toBoardId: id(5), ...stamp }, () => {}],
  ],
  'task.restored': [[{ ...card(4), description: '' }, (state) => state.tasks.push(card(4))]],

  'comment.created': [
    [
      {
        id: id(51),
        taskId: THIRD,
        authorId: ADA,
        body: 'Hi',
        mentionIds: [],
        reactions: {},
        createdAt: LATER,
        editedAt: null,
        commentCount: 3,
      },
      (state) => (task(state, THIRD).commentCount = 3),
    ],
  ],
  'comment.deleted': [
    [{ id: id(51), taskId: THIRD, commentCount: 2 }, (state) => (task(state, THIRD).commentCount = 2)],
  ],

  'board.created': [
    [
      { ...board().board, name: 'Fresh', columns: [column(4)] },
      (state) => {
        state.board.name = 'Fresh'
        state.columns = [column(4)]
      },
    ],
  ],
  'board.updated': [
    [
      { id: BOARD, name: 'Renamed', version: 2 },
      (state) => Object.assign(state.board, { name: 'Renamed', version: 2 }),
    ],
  ],
  'board.archived': [
    [
      { id: BOARD, archivedAt: LATER, version: 2 },
      (state) => Object.assign(state.board, { archivedAt: LATER, version: 2 }),
    ],
  ],
  'board.restored': [[{ ...board().board, version: 3 }, (state) => (state.board.version = 3)]],

  'column.created': [[column(4), (state) => state.columns.push(column(4))]],
  'column.updated': [
    [{ id: DOING, wipLimit: 3, version: 2 }, (state) => Object.assign(state.columns[1]!, { wipLimit: 3, version: 2 })],
  ],
  'column.moved': [
    [
      { id: DOING, position: 'a0', version: 2 },
      (state) => Object.assign(state.columns[1]!, { position: 'a0', version: 2 }),
    ],
  ],
  'column.sorted': [
    [
      { id: TODO, by: 'due', tasks: [{ id: SECOND, ...place, columnId: TODO, closedAt: null }] },
      (state) => Object.assign(task(state, SECOND), place, { columnId: TODO, closedAt: null }),
    ],
  ],
  'column.deleted': [
    [
      { id: DOING, tasks: [{ id: THIRD, ...place }] },
      (state) => {
        state.columns.splice(1, 1)
        Object.assign(task(state, THIRD), place)
      },
    ],
  ],

  'label.created': [
    [
      { id: id(33), name: 'new', color: 'teal', version: 1 },
      (state) => state.labels.push({ id: id(33), name: 'new', color: 'teal', version: 1 }),
    ],
  ],
  'label.updated': [
    [{ id: RED, color: 'pink', version: 2 }, (state) => Object.assign(state.labels[0]!, { color: 'pink', version: 2 })],
  ],
  'label.deleted': [
    [
      { id: BLUE },
      (state) => {
        state.labels.splice(1, 1)
        task(state, FIRST).labelIds = [RED]
        task(state, SECOND).labelIds = []
      },
    ],
  ],

  'member.joined': [
    [{ ...eve, joinedAt: LATER }, (state) => state.members.push(eve)],
    [
      { id: EVE, name: 'Eve', image: null, role: 'member' },
      (state) => state.members.push({ ...eve, role: 'member', boardRole: null }),
    ],
  ],
  'member.changed': [
    [{ id: BOB, boardRole: 'editor' }, (state) => (state.members[1]!.boardRole = 'editor')],
    [{ id: EVE, role: 'admin' }, () => {}],
  ],
  'member.left': [[{ id: BOB, userId: BOB, acl: 9 }, (state) => without(state, BOB)]],
  'access.granted': [
    [{ userId: EVE, member: eve }, (state) => state.members.push(eve)],
    [{ userId: EVE }, () => {}],
    [
      { userId: BOB, members: [{ ...eve, id: BOB, name: 'Bob' }, eve], visibility: 'private', version: 2 },
      (state) => {
        state.members = [state.members[0]!, { ...eve, id: BOB, name: 'Bob' }, eve]
        Object.assign(state.board, { visibility: 'private', version: 2 })
      },
    ],
  ],
  'access.revoked': [
    [{ userId: BOB, userIds: [BOB], acl: 9 }, (state) => without(state, BOB)],
    [
      { userId: BOB, userIds: [BOB, EVE], acl: 9, visibility: 'private', version: 2, member: eve },
      (state) => {
        without(state, BOB)
        Object.assign(state.board, { visibility: 'private', version: 2 })
        state.members.push(eve)
      },
    ],
  ],
}

for (const [type, all] of Object.entries(cases) as [BoardEventType, [object, (state: BoardState) => void][]][]) {
  test(`${type} changes what it says, and nothing else`, () => {
    for (const [data, change] of all) {
      events[type].parse(data)
      const expected = structuredClone(board())
      change(expected)
      const after = applyEvent(board(), envelope(type, data))
      assert.deepEqual(after, expected)
      assert.deepEqual(applyEvent(after, envelope(type, data)), expected, 'a second time changes nothing')
      BoardState.parse(after)
    }
  })
}

test('every fact has a case, or is known to leave no trace', () => {
  assert.deepEqual([...Object.keys(cases), ...WITHOUT_TRACE].toSorted(), Object.keys(events).toSorted())
  const state = board()
  for (const type of WITHOUT_TRACE) assert.equal(applyEvent(state, envelope(type, {})), state)
})

test('a fact of a type that nobody knows yet changes nothing', () => {
  const state = board()
  assert.equal(applyEvent(state, envelope('task.teleported', { id: FIRST })), state)
})

test('what a fact does not touch stays the same object', () => {
  const state = board()
  const after = applyEvent(state, envelope('task.updated', { id: FIRST, title: 'New', ...stamp }))
  assert.equal(after.columns, state.columns)
  assert.equal(after.labels, state.labels)
  assert.equal(task(after, SECOND), task(state, SECOND))
  assert.equal(applyEvent(state, envelope('task.updated', { id: id(29), ...stamp })).tasks, state.tasks)
})

test.run()

const envelope = (type: string, data: object) => ({
  stream: `b:${BOARD}`,
  epoch: 'e',
  seq: 1,
  txn: id(99),
  at: LATER,
  type,
  actor: { kind: 'system' as const, id: null, name: '' },
  data,
})
