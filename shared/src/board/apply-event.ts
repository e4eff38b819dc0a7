import type { Board, BoardMember, BoardState } from '../dto/board.ts'
import type { TaskCard } from '../dto/task.ts'
import type { AnyEnvelope } from '../events/all.ts'
import type { Envelope } from '../events/envelope.ts'
import { BOARD_FIELDS, CARD_FIELDS, MEMBER_FIELDS, pick } from './fields.ts'
import { change, changeMany, changeWhere, drop, put, type Row } from './rows.ts'

/**
 * A board's snapshot after one more fact. Pure, and the same in every reader; a fact of a type
 * that it does not know changes nothing. What did not change keeps its identity.
 */
export function applyEvent(state: BoardState, envelope: Envelope): BoardState {
  const event = envelope as AnyEnvelope
  switch (event.type) {
    case 'task.created':
    case 'task.restored':
      return putTask(state, event.data)
    case 'task.moved':
      return 'fromBoardId' in event.data ? putTask(state, event.data) : changeTask(state, event.data)
    case 'task.updated':
    case 'task.closed':
    case 'task.reopened':
      return changeTask(state, event.data)
    case 'task.deleted':
      return removeTask(state, event.data)
    case 'comment.created':
    case 'comment.deleted':
      return changeTask(state, { id: event.data.taskId, commentCount: event.data.commentCount })
    case 'board.created':
      return { ...changeBoard(state, event.data), columns: event.data.columns ?? state.columns }
    case 'board.updated':
    case 'board.archived':
    case 'board.restored':
      return changeBoard(state, event.data)
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
      return removeLabel(state, event.data.id)
    case 'member.joined':
      return { ...state, members: put(state.members, { boardRole: null, ...toMember(event.data) } as BoardMember) }
    case 'member.changed':
      return { ...state, members: change(state.members, { ...toMember(event.data), id: event.data.id }) }
    case 'member.left':
      return removeMembers(state, [event.data.userId])
    case 'access.granted':
      return share(state, event.data)
    case 'access.revoked':
      return share(removeMembers(state, event.data.userIds), event.data)
    default:
      return state
  }
}

const toCard = (data: object) => pick<TaskCard>(data, CARD_FIELDS)
const toMember = (data: object) => pick<BoardMember>(data, MEMBER_FIELDS)

const putTask = (state: BoardState, data: TaskCard): BoardState => ({
  ...state,
  tasks: put(state.tasks, toCard(data) as TaskCard),
})

const changeTask = (state: BoardState, data: Row & Partial<TaskCard>): BoardState => ({
  ...state,
  tasks: change(state.tasks, { ...toCard(data), id: data.id }),
})

/** From the trash and the archive a task comes back to its subtasks; otherwise they are ordinary tasks from now on. */
function removeTask(state: BoardState, { id, reason }: { id: string; reason: string }): BoardState {
  const tasks = drop(state.tasks, id)
  if (reason === 'trashed' || reason === 'archived') return { ...state, tasks }
  return { ...state, tasks: changeWhere(tasks, ({ parentId }) => (parentId === id ? { parentId: null } : undefined)) }
}

const changeBoard = (state: BoardState, data: object): BoardState => ({
  ...state,
  board: { ...state.board, ...pick<Board>(data, BOARD_FIELDS) },
})

/** Who came, and what changed on the board with it. */
function share(
  state: BoardState,
  data: Partial<Board> & { member?: BoardMember; members?: BoardMember[] },
): BoardState {
  const { member, members = member ? [member] : [] } = data
  const shared = members.length > 0 ? { ...state, members: members.reduce(put, state.members) } : state
  return data.visibility ? changeBoard(shared, data) : shared
}

export const removeLabel = (state: BoardState, labelId: string): BoardState => ({
  ...state,
  labels: drop(state.labels, labelId),
  tasks: changeWhere(state.tasks, ({ labelIds }) =>
    labelIds.includes(labelId) ? { labelIds: labelIds.filter((id) => id !== labelId) } : undefined,
  ),
})

/** People who lost the board are no longer shown on its cards either. */
function removeMembers(state: BoardState, userIds: string[]): BoardState {
  const gone = new Set(userIds)
  return {
    ...state,
    members: state.members.filter((member) => !gone.has(member.id)),
    tasks: changeWhere(state.tasks, ({ assigneeIds }) =>
      assigneeIds.some((id) => gone.has(id)) ? { assigneeIds: assigneeIds.filter((id) => !gone.has(id)) } : undefined,
    ),
  }
}
