import type { Task } from '../dto/task.ts'
import { CARD_FIELDS } from './fields.ts'

/** All that `Task` has; a test holds the list to the schema. */
export const TASK_FIELDS = [
  ...CARD_FIELDS,
  'workspaceId',
  'key',
  'createdAt',
  'description',
  'descriptionVersion',
  'checklistItems',
  'watcherIds',
  'archivedAt',
  'deletedAt',
] as const satisfies readonly (keyof Task)[]
