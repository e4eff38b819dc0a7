import { assert, suite } from '@taskflow/tools/suite.ts'
import type { BoardState } from '../dto/board.ts'
import type { TaskCard } from '../dto/task.ts'
import { BoardState as BoardStateSchema } from '../dto/board.ts'
import { boardActs } from './optimistic.ts'
import { byPosition } from './position.ts'
import {
  ADA,
  BLUE,
  BOARD,
  BOB,
  board,
  card,
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

const test = suite('optimistic')

const inColumn = (state: BoardState, columnId: string) =>
  state.tasks
    .filter((task) => task.columnId === columnId)
    .toSorted(byPosition)
    .map((task) => task.id)
const task = (state: BoardState, taskId: string) => state.tasks.find((one) => one.id === taskId)!
const fourth = { id: id(24), columnId: TODO, title: 'New' }

test('a new card stands at the end, or where it was wanted, and is a whole card', () => {
  const after = boardActs.createTask(board(), { task: fourth })
  assert.deepEqual(inColumn(after, TODO), [FIRST, SECOND, id(24)])
  assert.deepEqual(inColumn(boardActs.createTask(board(), { task: fourth, after: null }), TODO)[0], id(24))
  assert.equal(task(after, id(24)).checklist, null)
  BoardStateSchema.parse(boardActs.createTask(board(), { task: { ...fourth, updatedAt: LATER } }))
})

test('a new card gives way to the fact of its making', () => {
  const state = { ...board(), tasks: [card(4, { title: 'From the server' })] }
  assert.equal(boardActs.createTask(state, { task: fourth }), state)
})

test('an edit changes the fields that it names', () => {
  const after = boardActs.updateTask(board(), { id: FIRST, changes: { title: 'New', description: 'Long' } })
  assert.deepEqual(task(after, FIRST), { ...task(board(), FIRST), title: 'New', hasDescription: true })
})

test('a card goes next to its neighbour, to the top, or to the end', () => {
  const move = (place: object) =>
    inColumn(boardActs.moveTask(board(), { id: THIRD, columnId: TODO, at: LATER, ...place }), TODO)
  assert.deepEqual(move({ after: FIRST }), [FIRST, THIRD, SECOND])
  assert.deepEqual(move({ before: FIRST }), [THIRD, FIRST, SECOND])
  assert.deepEqual(move({ after: null }), [THIRD, FIRST, SECOND])
  assert.deepEqual(move({ before: null }), [FIRST, SECOND, THIRD])
  assert.deepEqual(move({}), [FIRST, SECOND, THIRD])
})

test('a neighbour that has gone means the end before it, and the top after it', () => {
  const move = (place: object) =>
    inColumn(boardActs.moveTask(board(), { id: THIRD, columnId: TODO, at: LATER, ...place }), TODO)
  assert.deepEqual(move({ before: id(29) }), [FIRST, SECOND, THIRD])
  assert.deepEqual(move({ after: id(29) }), [THIRD, FIRST, SECOND])
})

test('cards with equal keys do not stop a third from coming between', () => {
  const state = {
    ...board(),
    tasks: [card(1, { position: 'a1' }), card(2, { position: 'a1' }), card(3, { columnId: DOING })],
  }
  const after = boardActs.moveTask(state, { id: THIRD, columnId: TODO, at: LATER, after: FIRST })
  assert.equal(inColumn(after, TODO).length, 3)
})

test('a card in a done column is closed, and open again when it leaves', () => {
  const done = boardActs.moveTask(board(), { id: FIRST, columnId: DONE, at: LATER })
  assert.equal(task(done, FIRST).closedAt, LATER)
  assert.equal(task(boardActs.moveTask(done, { id: FIRST, columnId: DOING, at: LATER }), FIRST).closedAt, null)
})

test('a card that moves to another board leaves this one, and comes along to the other', () => {
  const act = { id: FIRST, columnId: DOING, at: LATER, boardId: id(5) }
  assert.deepEqual(inColumn(boardActs.moveTask(board(), act), TODO), [SECOND])
  const arriving = { id: id(29), columnId: DOING, at: LATER, boardId: BOARD, task: card(9, { boardId: id(5) }) }
  const after = boardActs.moveTask(board(), arriving)
  assert.deepEqual(inColumn(after, DOING), [THIRD, id(29)])
  assert.equal(task(after, id(29)).boardId, BOARD)
})

test('closing puts a card on top of what is done, reopening on top of what is not', () => {
  const closed = boardActs.closeTask(board(), { id: FIRST, at: LATER })
  assert.deepEqual([task(closed, FIRST).closedAt, inColumn(closed, DONE)], [LATER, [FIRST]])
  const open = boardActs.reopenTask(closed, { id: FIRST })
  assert.deepEqual([task(open, FIRST).closedAt, inColumn(open, TODO)], [null, [FIRST, SECOND]])
  assert.equal(boardActs.closeTask(closed, { id: FIRST, at: 'later still' }), closed)
})

test('people and labels are put on and taken off, once', () => {
  const put = boardActs.setAssignee(board(), { id: FIRST, userId: EVE, on: true })
  assert.deepEqual(task(put, FIRST).assigneeIds, [ADA, BOB, EVE])
  assert.deepEqual(task(boardActs.setAssignee(put, { id: FIRST, userId: EVE, on: true }), FIRST).assigneeIds, [
    ADA,
    BOB,
    EVE,
  ])
  assert.deepEqual(task(boardActs.setLabel(board(), { id: FIRST, labelId: RED, on: false }), FIRST).labelIds, [BLUE])
})

test('blockers come and go one by one, and items are counted over whatever others did meanwhile', () => {
  const waits = boardActs.setBlocker(board(), { id: FIRST, blockerId: SECOND, on: true })
  assert.deepEqual(task(waits, FIRST).blockedByIds, [SECOND])
  assert.deepEqual(task(boardActs.setBlocker(waits, { id: FIRST, blockerId: THIRD, on: false }), FIRST).blockedByIds, [
    SECOND,
  ])
  const counted = (checklist: TaskCard['checklist'], counts: { done: number; total: number }) =>
    task(boardActs.changeItem({ ...board(), tasks: [card(1, { checklist })] }, { id: FIRST, counts }), FIRST).checklist
  assert.deepEqual(counted({ done: 1, total: 3 }, { done: 1, total: 0 }), { done: 2, total: 3 })
  assert.deepEqual(counted({ done: 3, total: 3 }, { done: 1, total: 0 }), { done: 3, total: 3 })
  assert.deepEqual(counted(null, { done: 0, total: 1 }), { done: 0, total: 1 })
  assert.equal(counted({ done: 1, total: 1 }, { done: -1, total: -1 }), null)
})

test('a deleted card is gone, a restored one is there once', () => {
  const gone = boardActs.deleteTask(board(), { id: FIRST })
  assert.deepEqual(inColumn(gone, TODO), [SECOND])
  const back = boardActs.restoreTask(gone, { task: card(1) })
  assert.deepEqual(inColumn(back, TODO), [FIRST, SECOND])
  assert.equal(boardActs.restoreTask(back, { task: card(1) }), back)
})

test('columns come, change, move and go, with or without their cards', () => {
  const names = (state: BoardState) => state.columns.toSorted(byPosition).map(({ name }) => name)
  const made = boardActs.createColumn(board(), { column: { id: id(14), name: 'Fourth' } })
  assert.deepEqual(names(made), ['Column 1', 'Column 2', 'Column 3', 'Fourth'])
  assert.deepEqual(names(boardActs.moveColumn(made, { id: id(14), after: TODO }))[1], 'Fourth')
  assert.deepEqual(names(boardActs.updateColumn(board(), { id: TODO, changes: { name: 'Soon' } }))[0], 'Soon')
  const moved = boardActs.deleteColumn(board(), { id: TODO, toColumnId: DOING })
  assert.deepEqual(inColumn(moved, DOING), [THIRD, FIRST, SECOND])
  assert.deepEqual(
    boardActs.deleteColumn(board(), { id: TODO }).tasks.map((one) => one.id),
    [THIRD],
  )
})

test('labels and the board itself', () => {
  const label = { id: id(33), name: 'new', color: 'teal' as const }
  assert.equal(boardActs.createLabel(board(), { label }).labels.length, 3)
  assert.equal(boardActs.updateLabel(board(), { id: RED, changes: { name: 'crimson' } }).labels[0]!.name, 'crimson')
  assert.deepEqual(task(boardActs.deleteLabel(board(), { id: BLUE }), SECOND).labelIds, [])
  assert.equal(boardActs.updateBoard(board(), { changes: { name: 'Other' } }).board.name, 'Other')
})

test('an act on what is gone changes nothing that is shown', () => {
  const state = board()
  const gone = id(29)
  const acts = [
    boardActs.updateTask(state, { id: gone, changes: { title: 'x' } }),
    boardActs.moveTask(state, { id: gone, columnId: DOING, at: LATER }),
    boardActs.moveTask(state, { id: FIRST, columnId: gone, at: LATER }),
    boardActs.closeTask(state, { id: gone, at: LATER }),
    boardActs.deleteTask(state, { id: gone }),
    boardActs.setAssignee(state, { id: gone, userId: ADA, on: true }),
    boardActs.setBlocker(state, { id: gone, blockerId: FIRST, on: true }),
    boardActs.changeItem(state, { id: gone, counts: { done: 0, total: 1 } }),
    boardActs.moveColumn(state, { id: gone, after: null }),
  ]
  for (const after of acts) assert.deepEqual(after, state)
})

test.run()
