import { Board, type BoardState } from '../dto/board.ts'
import { TaskCard } from '../dto/task.ts'
import type { AnyEnvelope, EventData } from '../events/all.ts'
import type { Envelope } from '../events/envelope.ts'

type Data = Record<string, unknown>
type Row = { id: string }

/**
 * A board's snapshot after one more fact. Pure, and the same in every reader; a fact of a type
 * that it does not know changes nothing. What did not change keeps its identity.
 */
export function applyEvent(state: BoardState, envelope: Envelope): BoardState {
  const event = envelope as AnyEnvelope
  switch (event.type) {
    case 'task.created':
    case 'task.restored':
      return { ...state, tasks: put(state.tasks, cardOf(event.data) as TaskCard) }
    case 'task.moved':
      return 'fromBoardId' in event.data
        ? { ...state, tasks: put(state.tasks, cardOf(event.data) as TaskCard) }
        : changeTask(state, event.data)
    case 'task.updated':
    case 'task.closed':
    case 'task.reopened':
      return changeTask(state, event.data)
    case 'task.deleted':
      return { ...state, tasks: drop(state.tasks, event.data.id) }
    case 'comment.created':
    case 'comment.deleted':
      return changeTask(state, { id: event.data.taskId, commentCount: event.data.commentCount })
    case 'board.created':
    case 'board.updated':
    case 'board.archived':
    case 'board.restored':
      return { ...state, board: { ...state.board, ...pick(event.data, BOARD_FIELDS) } }
    case 'column.created':
      return { ...state, columns: put(state.columns, event.data) }
    case 'column.updated':
    case 'column.moved':
      return { ...state, columns: change(state.columns, event.data) }
    case 'column.sorted':
      return { ...state, tasks: changeMany(state.tasks, event.data.tasks) }
    case 'column.deleted':
      return {
        ...state,
        columns: drop(state.columns, event.data.id),
        tasks: changeMany(state.tasks, event.data.tasks),
      }
    case 'label.created':
      return { ...state, labels: put(state.labels, event.data) }
    case 'label.updated':
      return { ...state, labels: change(state.labels, event.data) }
    case 'label.deleted':
      return { ...state, labels: drop(state.labels, event.data.id), tasks: withoutLabel(state, event.data.id) }
    case 'member.joined':
      return { ...state, members: put(state.members, memberOf(event.data)) }
    case 'member.changed':
      return { ...state, members: change(state.members, pick(event.data, MEMBER_FIELDS) as Row) }
    case 'access.granted':
      return event.data.member ? { ...state, members: put(state.members, event.data.member) } : state
    case 'access.revoked':
      return revoke(state, event.data)
    default:
      return state
  }
}

const CARD_FIELDS = Object.keys(TaskCard.shape)
const BOARD_FIELDS = Object.keys(Board.shape)
const MEMBER_FIELDS = ['id', 'name', 'image', 'role', 'boardRole']

/** Facts carry more than a card shows (a description, a checklist's items); the snapshot does not. */
const cardOf = (data: Data) => pick(data, CARD_FIELDS)

const memberOf = (data: EventData<'member.joined'>) => ({
  id: data.id,
  name: data.name,
  image: data.image,
  role: data.role,
  boardRole: data.boardRole ?? null,
})

const changeTask = (state: BoardState, data: Data): BoardState => ({
  ...state,
  tasks: change(state.tasks, cardOf(data) as unknown as Row & Partial<TaskCard>),
})

/** People who lost the board are no longer shown on its cards either. */
function revoke(state: BoardState, data: EventData<'access.revoked'>): BoardState {
  const gone = new Set(data.userIds)
  return {
    ...state,
    board: data.visibility ? { ...state.board, visibility: data.visibility, version: data.version! } : state.board,
    members: state.members.filter((member) => !gone.has(member.id)),
    tasks: state.tasks.map((task) =>
      task.assigneeIds.some((id) => gone.has(id))
        ? { ...task, assigneeIds: task.assigneeIds.filter((id) => !gone.has(id)) }
        : task,
    ),
  }
}

const withoutLabel = (state: BoardState, labelId: string) =>
  state.tasks.map((task) =>
    task.labelIds.includes(labelId) ? { ...task, labelIds: task.labelIds.filter((id) => id !== labelId) } : task,
  )

function put<T extends Row>(rows: T[], row: T): T[] {
  return rows.some((known) => known.id === row.id)
    ? rows.map((known) => (known.id === row.id ? row : known))
    : [...rows, row]
}

const change = <T extends Row>(rows: T[], changes: Row & Partial<T>): T[] => changeMany(rows, [changes])

function changeMany<T extends Row>(rows: T[], changes: (Row & Partial<T>)[]): T[] {
  const byId = new Map(changes.map((one) => [one.id, one]))
  return rows.map((row) => (byId.has(row.id) ? { ...row, ...byId.get(row.id) } : row))
}

const drop = <T extends Row>(rows: T[], id: string) => rows.filter((row) => row.id !== id)

const pick = (data: Data, fields: readonly string[]): Data =>
  Object.fromEntries(fields.filter((field) => data[field] !== undefined).map((field) => [field, data[field]]))
