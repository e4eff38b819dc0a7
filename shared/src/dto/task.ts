import { z } from 'zod'
import { Recurrence } from './recurrence.ts'
import { Id } from './user.ts'
import { When } from './when.ts'

export const PRIORITIES = ['high', 'medium', 'low', 'none'] as const
export const Priority = z.enum(PRIORITIES)
export type Priority = z.infer<typeof Priority>

export const Progress = z.object({ done: z.int(), total: z.int() })
export type Progress = z.infer<typeof Progress>

/** What a card on the board shows: one of these per task in a board's snapshot. */
export const TaskCard = z.object({
  id: Id,
  boardId: Id,
  columnId: Id,
  number: z.int(),
  position: z.string(),
  title: z.string(),
  hasDescription: z.boolean(),
  priority: Priority,
  assigneeIds: z.array(Id),
  labelIds: z.array(Id),
  start: When.nullable(),
  due: When.nullable(),
  parentId: Id.nullable(),
  blockedByIds: z.array(Id),
  /** Null when there is no checklist. */
  checklist: Progress.nullable(),
  commentCount: z.int(),
  attachmentCount: z.int(),
  recurrence: Recurrence.nullable(),
  closedAt: z.string().nullable(),
  createdBy: Id.nullable(),
  updatedAt: z.string(),
  version: z.int(),
})
export type TaskCard = z.infer<typeof TaskCard>

export const ChecklistItem = z.object({
  id: Id,
  text: z.string(),
  done: z.boolean(),
  kind: z.enum(['step', 'criterion']),
})
export type ChecklistItem = z.infer<typeof ChecklistItem>

export const Attachment = z.object({
  id: Id,
  taskId: Id,
  name: z.string(),
  type: z.string(),
  size: z.int(),
  createdBy: Id.nullable(),
  createdAt: z.string(),
})
export type Attachment = z.infer<typeof Attachment>

/** The whole task, as `GET /api/tasks/:id` answers it. */
export const Task = TaskCard.extend({
  workspaceId: Id,
  key: z.string(),
  createdAt: z.string(),
  description: z.string(),
  /** The version of the task in which the description changed last. */
  descriptionVersion: z.int(),
  checklistItems: z.array(ChecklistItem),
  watcherIds: z.array(Id),
  archivedAt: z.string().nullable(),
  deletedAt: z.string().nullable(),
})
export type Task = z.infer<typeof Task>

export const Comment = z.object({
  id: Id,
  taskId: Id,
  authorId: Id.nullable(),
  body: z.string(),
  mentionIds: z.array(Id),
  reactions: z.record(z.string(), z.array(Id)),
  createdAt: z.string(),
  editedAt: z.string().nullable(),
})
export type Comment = z.infer<typeof Comment>
