import type { Board, BoardState, Column, Label } from '../dto/board.ts'
import type { Progress, TaskCard } from '../dto/task.ts'
import { removeLabel } from './apply-event.ts'
import { BOARD_FIELDS, CARD_FIELDS, pick } from './fields.ts'
import { positionAt, type Place } from './place.ts'
import { byPosition } from './position.ts'
import { change, changeMany, drop, put, type Row } from './rows.ts'

type Changes<T> = Partial<Omit<T, 'id'>>

/**
 * What each act of a person will look like, before the server has answered. They are laid over newer and
 * newer facts until the answer is in, so each sets absolute values, and does nothing where its subject has gone.
 */
export const boardActs = {
  createTask(state: BoardState, { task, ...place }: { task: Changes<TaskCard> & NewTask } & Place): BoardState {
    if (find(state.tasks, task.id)) return state
    const position = positionAt(cardsIn(state, task.columnId), place)
    const { id, columnId, title } = task
    const given = pick<TaskCard>(task, CARD_FIELDS)
    const card = { ...BLANK_CARD, position, ...given, id, columnId, title, boardId: state.board.id }
    return { ...state, tasks: [...state.tasks, card] }
  },

  updateTask(
    state: BoardState,
    { id, changes }: { id: string; changes: Changes<TaskCard> & { description?: string } },
  ) {
    const { description, ...rest } = changes
    const text = description === undefined ? {} : { hasDescription: description !== '' }
    return changeTask(state, id, { ...pick<TaskCard>(rest, CARD_FIELDS), ...text })
  },

  /** From one board to another: gone from the one, and on the other if the act brings the card along. */
  moveTask(state: BoardState, { id, boardId, columnId, at, task, ...place }: MoveTask): BoardState {
    if (boardId && boardId !== state.board.id) return boardActs.deleteTask(state, { id })
    const column = find(state.columns, columnId)
    const card = find(state.tasks, id) ?? task
    if (!card || !column) return state
    const others = cardsIn(state, columnId).filter((other) => other.id !== id)
    const closedAt = card.columnId === columnId ? card.closedAt : column.done ? (card.closedAt ?? at) : null
    const placed = { boardId: state.board.id, columnId, position: positionAt(others, place), closedAt }
    return { ...state, tasks: put(state.tasks, { ...card, ...placed }) }
  },

  closeTask(state: BoardState, { id, at }: { id: string; at: string }): BoardState {
    return find(state.tasks, id)?.closedAt ? state : putAmong(state, id, true, at)
  },

  reopenTask(state: BoardState, { id }: { id: string }): BoardState {
    return find(state.tasks, id)?.closedAt ? putAmong(state, id, false, null) : state
  },

  /** Into the trash or the archive: it leaves the board either way. */
  deleteTask: (state: BoardState, { id }: { id: string }): BoardState => ({ ...state, tasks: drop(state.tasks, id) }),

  restoreTask: (state: BoardState, { task }: { task: TaskCard }): BoardState =>
    find(state.tasks, task.id) ? state : { ...state, tasks: [...state.tasks, task] },

  setAssignee(state: BoardState, { id, userId, on }: { id: string; userId: string; on: boolean }) {
    const task = find(state.tasks, id)
    return task ? changeTask(state, id, { assigneeIds: withMember(task.assigneeIds, userId, on) }) : state
  },

  setLabel(state: BoardState, { id, labelId, on }: { id: string; labelId: string; on: boolean }) {
    const task = find(state.tasks, id)
    return task ? changeTask(state, id, { labelIds: withMember(task.labelIds, labelId, on) }) : state
  },

  setBlocker(state: BoardState, { id, blockerId, on }: { id: string; blockerId: string; on: boolean }) {
    const task = find(state.tasks, id)
    return task ? changeTask(state, id, { blockedByIds: withMember(task.blockedByIds, blockerId, on) }) : state
  },

  /** A board knows how many items there are, not which: alone of all acts this one says what it adds. */
  changeItem(state: BoardState, { id, counts }: { id: string; counts: Progress }): BoardState {
    const task = find(state.tasks, id)
    return task ? changeTask(state, id, { checklist: withCounts(task.checklist, counts) }) : state
  },

  updateBoard: (state: BoardState, { changes }: { changes: Changes<Board> }): BoardState => ({
    ...state,
    board: { ...state.board, ...pick<Board>(changes, BOARD_FIELDS), id: state.board.id },
  }),

  createColumn(state: BoardState, { column, ...place }: { column: Changes<Column> & NewColumn } & Place): BoardState {
    if (find(state.columns, column.id)) return state
    const position = positionAt(state.columns, place)
    return { ...state, columns: [...state.columns, { ...BLANK_COLUMN, position, ...column, boardId: state.board.id }] }
  },

  updateColumn: (state: BoardState, { id, changes }: { id: string; changes: Changes<Column> }): BoardState => ({
    ...state,
    columns: change(state.columns, { ...changes, id }),
  }),

  moveColumn(state: BoardState, { id, ...place }: { id: string } & Place): BoardState {
    const others = state.columns.filter((column) => column.id !== id)
    return { ...state, columns: change(state.columns, { id, position: positionAt(others, place) }) }
  },

  /** `toColumnId` takes its cards, below its own; without one they go with the column. */
  deleteColumn(state: BoardState, { id, toColumnId }: { id: string; toColumnId?: string }): BoardState {
    const columns = drop(state.columns, id)
    const cards = cardsIn(state, id).toSorted(byPosition)
    if (!toColumnId) return { ...state, columns, tasks: state.tasks.filter((task) => task.columnId !== id) }
    const below = cardsIn(state, toColumnId)
    const moved = cards.map((card) => {
      const placed = { id: card.id, columnId: toColumnId, position: positionAt(below, {}) }
      below.push({ ...card, ...placed })
      return placed
    })
    return { ...state, columns, tasks: changeMany(state.tasks, moved) }
  },

  createLabel: (state: BoardState, { label }: { label: Omit<Label, 'version'> }): BoardState =>
    find(state.labels, label.id) ? state : { ...state, labels: put(state.labels, { ...label, version: 0 }) },

  updateLabel: (state: BoardState, { id, changes }: { id: string; changes: Changes<Label> }): BoardState => ({
    ...state,
    labels: change(state.labels, { ...changes, id }),
  }),

  deleteLabel: (state: BoardState, { id }: { id: string }): BoardState => removeLabel(state, id),
}
export type BoardActs = typeof boardActs

type NewTask = Pick<TaskCard, 'id' | 'columnId' | 'title'>
type NewColumn = Pick<Column, 'id' | 'name'>
type MoveTask = { id: string; columnId: string; at: string; boardId?: string; task?: TaskCard } & Place

const BLANK_CARD = {
  number: 0,
  hasDescription: false,
  priority: 'none',
  assigneeIds: [],
  labelIds: [],
  start: null,
  due: null,
  parentId: null,
  blockedByIds: [],
  checklist: null,
  commentCount: 0,
  attachmentCount: 0,
  recurrence: null,
  closedAt: null,
  createdBy: null,
  updatedAt: '',
  version: 0,
} satisfies Partial<TaskCard>

const BLANK_COLUMN = { color: null, wipLimit: null, wipMode: 'soft', done: false, version: 0 } satisfies Partial<Column>

const find = <T extends Row>(rows: T[], id: string) => rows.find((row) => row.id === id)

const cardsIn = (state: BoardState, columnId: string) => state.tasks.filter((task) => task.columnId === columnId)

const changeTask = (state: BoardState, id: string, changes: Partial<TaskCard>): BoardState => ({
  ...state,
  tasks: change(state.tasks, { ...changes, id }),
})

/** On top of the first column where cards are done, or are not; a card that lies in such a column stays. */
function putAmong(state: BoardState, id: string, done: boolean, closedAt: string | null): BoardState {
  const task = find(state.tasks, id)
  const column = state.columns.filter((one) => one.done === done).toSorted(byPosition)[0]
  if (!task) return state
  if (!column || find(state.columns, task.columnId)?.done === done) return changeTask(state, id, { closedAt })
  const position = positionAt(cardsIn(state, column.id), { after: null })
  return changeTask(state, id, { closedAt, columnId: column.id, position })
}

function withCounts(known: Progress | null, added: Progress): Progress | null {
  const total = (known?.total ?? 0) + added.total
  const done = (known?.done ?? 0) + added.done
  return total > 0 ? { done: Math.min(Math.max(done, 0), total), total } : null
}

const withMember = (ids: string[], id: string, on: boolean) =>
  on ? (ids.includes(id) ? ids : [...ids, id]) : ids.filter((known) => known !== id)
