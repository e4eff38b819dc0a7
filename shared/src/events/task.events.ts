import { z } from 'zod'
import { Attachment, ChecklistItem, Task, TaskCard } from '../dto/task.ts'
import { Id } from '../dto/user.ts'

const changed = { id: Id, version: z.int(), updatedAt: z.string() }

/** Only the fields that changed, each with its new value. */
const TaskChanges = TaskCard.partial().extend({
  ...changed,
  description: z.string().optional(),
  descriptionVersion: z.int().optional(),
  checklistItems: z.array(ChecklistItem).optional(),
  watcherIds: z.array(Id).optional(),
  attachments: z.array(Attachment).optional(),
})

/** The task has come to this board: new, restored, or moved here from another. */
const TaskArrived = TaskCard.extend({ description: z.string().optional() })

const TaskPlaced = z.object({ ...changed, columnId: Id, position: z.string(), closedAt: z.string().nullable() })

export const taskEvents = {
  'task.created': TaskArrived,
  'task.updated': TaskChanges,
  /** `fromColumnId` says where it came from, for history; a card from another board arrives whole. */
  'task.moved': z.union([
    TaskCard.extend({ fromBoardId: Id, fromColumnId: Id.optional() }),
    TaskPlaced.extend({ fromColumnId: Id.optional() }),
  ]),
  'task.closed': TaskPlaced,
  'task.reopened': TaskPlaced,
  /** The task has left this board; `reason` says where to. */
  'task.deleted': z.object({
    ...changed,
    reason: z.enum(['trashed', 'archived', 'moved', 'erased']),
    toBoardId: Id.optional(),
    title: z.string().optional(),
    number: z.int().optional(),
  }),
  'task.restored': TaskArrived,
} as const

export type TaskChanges = z.infer<typeof TaskChanges>
export type WholeTask = z.infer<typeof Task>
