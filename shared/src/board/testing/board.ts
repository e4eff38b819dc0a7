import type { BoardState, Column } from '../../dto/board.ts'
import { BoardState as BoardStateSchema } from '../../dto/board.ts'
import type { TaskCard } from '../../dto/task.ts'

/** Ids that can be told apart at sight. */
export const id = (number: number) => `0199aaaa-0000-7000-8000-${String(number).padStart(12, '0')}`

export const BOARD = id(1)
export const [TODO, DOING, DONE] = [id(11), id(12), id(13)]
export const [FIRST, SECOND, THIRD] = [id(21), id(22), id(23)]
export const [RED, BLUE] = [id(31), id(32)]
export const [ADA, BOB, EVE] = [id(41), id(42), id(43)]
export const LATER = '2026-11-20T10:00:00.000Z'

export const card = (number: number, place: Partial<TaskCard> = {}): TaskCard => ({
  id: id(20 + number),
  boardId: BOARD,
  columnId: TODO,
  number,
  position: `a${number}`,
  title: `Task ${number}`,
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
  createdBy: ADA,
  updatedAt: '2026-11-20T09:00:00.000Z',
  version: 1,
  ...place,
})

export const column = (number: number, more: Partial<Column> = {}): Column => ({
  id: id(10 + number),
  boardId: BOARD,
  name: `Column ${number}`,
  position: `a${number}`,
  color: null,
  wipLimit: null,
  wipMode: 'soft',
  done: false,
  version: 1,
  ...more,
})

/** Three columns, the last for what is done; two tasks in the first, one in the second. Nobody can change it. */
export const board = (): BoardState =>
  deepFreeze(
    BoardStateSchema.parse({
      board: {
        id: BOARD,
        workspaceId: id(2),
        key: 'WEB',
        name: 'Web',
        description: '',
        visibility: 'workspace',
        archivedAt: null,
        createdBy: ADA,
        createdAt: '2026-11-20T09:00:00.000Z',
        version: 1,
      },
      columns: [column(1), column(2), column(3, { done: true })],
      tasks: [
        card(1, { labelIds: [RED, BLUE], assigneeIds: [ADA, BOB] }),
        card(2, { labelIds: [BLUE] }),
        card(3, { columnId: DOING }),
      ],
      labels: [
        { id: RED, name: 'red', color: 'red', version: 1 },
        { id: BLUE, name: 'blue', color: 'blue', version: 1 },
      ],
      members: [
        { id: ADA, name: 'Ada', image: null, role: 'owner', boardRole: null },
        { id: BOB, name: 'Bob', image: null, role: 'member', boardRole: null },
      ],
    }),
  )

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) deepFreeze(inner)
  return Object.freeze(value)
}
