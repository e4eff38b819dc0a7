import type { BoardState } from '../../dto/board.ts'
import type { TaskCard } from '../../dto/task.ts'

export const newBoard = (id: string, columnIds: string[]): BoardState => ({
  board: {
    id,
    workspaceId: 'w',
    key: 'WEB',
    name: 'Web',
    description: '',
    visibility: 'workspace',
    archivedAt: null,
    createdBy: null,
    createdAt: '2026-11-20T09:00:00.000Z',
    version: 1,
  },
  columns: columnIds.map((columnId, index) => ({
    id: columnId,
    boardId: id,
    name: columnId,
    position: `a${index}`,
    color: null,
    wipLimit: null,
    wipMode: 'soft',
    done: false,
    version: 1,
  })),
  tasks: [],
  labels: [],
  members: [],
})

export const newCard = (
  card: Pick<TaskCard, 'id' | 'boardId' | 'columnId' | 'position' | 'title' | 'number'>,
): TaskCard => ({
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
  updatedAt: '2026-11-20T09:00:00.000Z',
  version: 1,
  ...card,
})

/** Rows have no order of their own: two states are equal when each row is. */
export const inOrder = (state: BoardState): BoardState => {
  const sorted = <T extends { id: string }>(rows: T[]) => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const tasks = state.tasks.map((task) => ({ ...task, assigneeIds: task.assigneeIds.toSorted() }))
  return { ...state, columns: sorted(state.columns), tasks: sorted(tasks), members: sorted(state.members) }
}
