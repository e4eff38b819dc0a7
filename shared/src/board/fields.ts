import type { Board, BoardMember } from '../dto/board.ts'
import type { TaskCard } from '../dto/task.ts'

// Plain lists, so that a browser applies facts without the schema library; a test holds them to the schemas.

export const CARD_FIELDS = [
  'id',
  'boardId',
  'columnId',
  'number',
  'position',
  'title',
  'hasDescription',
  'priority',
  'assigneeIds',
  'labelIds',
  'start',
  'due',
  'parentId',
  'blockedByIds',
  'checklist',
  'commentCount',
  'attachmentCount',
  'recurrence',
  'closedAt',
  'createdBy',
  'updatedAt',
  'version',
] as const satisfies readonly (keyof TaskCard)[]

export const BOARD_FIELDS = [
  'id',
  'workspaceId',
  'key',
  'name',
  'description',
  'visibility',
  'archivedAt',
  'createdBy',
  'createdAt',
  'version',
] as const satisfies readonly (keyof Board)[]

export const MEMBER_FIELDS = [
  'id',
  'name',
  'image',
  'role',
  'boardRole',
] as const satisfies readonly (keyof BoardMember)[]

/** The named fields that are there; a fact may carry more than a snapshot shows. */
export function pick<T>(data: object, fields: readonly (keyof T & string)[]): Partial<T> {
  const known = data as Partial<T>
  return Object.fromEntries(
    fields.filter((field) => known[field] !== undefined).map((field) => [field, known[field]]),
  ) as Partial<T>
}
