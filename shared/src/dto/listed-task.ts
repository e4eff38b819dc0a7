import { z } from 'zod'
import { TaskCard } from './task.ts'
import { Id } from './user.ts'

/** A task in a list that goes over columns or boards: a card that says where it lies. */
export const ListedTask = TaskCard.extend({
  workspaceId: Id,
  key: z.string(),
  boardName: z.string(),
  columnName: z.string(),
  createdAt: z.string(),
  archivedAt: z.string().nullable(),
  deletedAt: z.string().nullable(),
})
export type ListedTask = z.infer<typeof ListedTask>
