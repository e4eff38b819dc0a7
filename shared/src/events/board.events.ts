import { z } from 'zod'
import { Board, Column, Label } from '../dto/board.ts'
import { Id } from '../dto/user.ts'

const TaskPlace = z.object({
  id: Id,
  columnId: Id,
  position: z.string(),
  version: z.int(),
  updatedAt: z.string(),
  closedAt: z.string().nullable(),
})

const BoardChanges = Board.partial().extend({ id: Id, version: z.int() })

export const boardEvents = {
  /** Carries the columns in the board's own stream, not in the workspace's. */
  'board.created': Board.extend({ columns: z.array(Column).optional() }),
  'board.updated': BoardChanges,
  'board.archived': BoardChanges,
  'board.restored': Board,
  'board.deleted': z.object({ id: Id, reason: z.enum(['deleted', 'private']).optional() }),

  'column.created': Column,
  'column.updated': Column.partial().extend({ id: Id, version: z.int() }),
  'column.moved': z.object({ id: Id, position: z.string(), version: z.int() }),
  /** `tasks` are the column's tasks in their new places. */
  'column.deleted': z.object({ id: Id, tasks: z.array(TaskPlace) }),
  /** The cards of a column put in another order by one act. */
  'column.sorted': z.object({ id: Id, by: z.string(), tasks: z.array(TaskPlace) }),

  'label.created': Label,
  'label.updated': Label.partial().extend({ id: Id, version: z.int() }),
  'label.deleted': z.object({ id: Id }),
} as const
