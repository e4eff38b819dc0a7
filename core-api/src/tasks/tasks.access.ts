import type { Attachment, ChecklistItem, Task } from '@taskflow/shared/dto/task.ts'
import {
  type Access,
  ACCESS_COLUMNS,
  ACCESS_JOINS,
  countOn,
  demandOnBoard,
  refuseArchived,
  VISIBLE,
} from '../boards/boards.access.ts'
import type { Ctx, WriteCtx } from '../context.ts'
import { NotFound } from '../errors.ts'

/** A task as the database has it, loaded through what the actor may see. */
export interface TaskRow extends Omit<Task, 'checklist' | 'hasDescription' | 'key'>, Access {
  boardKey: string
  boardArchivedAt: string | null
  checklistItems: ChecklistItem[]
  attachments?: Attachment[]
}

const TASK_COLUMNS = `
  t.id, t.workspace_id as "workspaceId", t.board_id as "boardId", t.column_id as "columnId", t.number, t.position, t.title,
  t.description, t.description_version as "descriptionVersion", t.priority, t.assignee_ids as "assigneeIds",
  t.label_ids as "labelIds", t.watcher_ids as "watcherIds", t.blocked_by_ids as "blockedByIds", t.start, t.due,
  t.parent_id as "parentId", t.checklist as "checklistItems", t.comment_count as "commentCount",
  t.attachment_count as "attachmentCount", t.recurrence, t.created_by as "createdBy", iso(t.created_at) as "createdAt",
  iso(t.updated_at) as "updatedAt", iso(t.closed_at) as "closedAt", iso(t.archived_at) as "archivedAt",
  iso(t.deleted_at) as "deletedAt", t.version, b.key as "boardKey", iso(b.archived_at) as "boardArchivedAt"`

const TASK = `
  select ${TASK_COLUMNS}, ${ACCESS_COLUMNS}
  from task t join board b on b.id = t.board_id ${ACCESS_JOINS}
  where t.id = $1 and ${VISIBLE}`

/** A task as the system sees it: nobody's rights are asked. */
export const TASK_OF_SYSTEM = `
  select ${TASK_COLUMNS}, '' as role, null as custom, null as "boardRole", 0 as acl
  from task t join board b on b.id = t.board_id
  where t.id = $1`

const TASK_TO_CHANGE = `${TASK} for no key update of t`

export async function findTaskFor(ctx: Ctx, id: string): Promise<TaskRow | null> {
  const [row] = await ctx.tx.sql<TaskRow & Record<string, unknown>>(TASK, [id, ctx.actor.id])
  return row ?? null
}

/** The task, if the actor may see its board. */
export async function getTaskFor(ctx: Ctx, id: string): Promise<TaskRow> {
  return (await findTaskFor(ctx, id)) ?? noSuchTask()
}

/** The same, locked, with the right to change it. A task in the trash or the archive has to be restored first. */
export async function lockTaskFor(ctx: WriteCtx, id: string, permission: string, even?: 'removed'): Promise<TaskRow> {
  // Whoever waited for a task that meanwhile went to another board finds it by looking again.
  const row = (await findToChange(ctx, id)) ?? (await findToChange(ctx, id)) ?? noSuchTask()
  demandOnBoard(ctx, row, permission)
  refuseArchived(row.boardArchivedAt)
  countOn(ctx, row.boardId, row)
  if (!even && (row.deletedAt || row.archivedAt)) {
    throw new NotFound('tasks.removed', 'This task is in the trash or the archive. Restore it to change it.')
  }
  return row
}

async function findToChange(ctx: Ctx, id: string): Promise<TaskRow | undefined> {
  const [row] = await ctx.tx.sql<TaskRow & Record<string, unknown>>(TASK_TO_CHANGE, [id, ctx.actor.id])
  return row
}

function noSuchTask(): never {
  throw new NotFound('tasks.not_found', 'There is no such task.')
}
