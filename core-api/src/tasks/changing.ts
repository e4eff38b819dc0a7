import { progressOf } from '@taskflow/shared/board/checklist.ts'
import type { TaskChanges } from '@taskflow/shared/events/task.events.ts'
import type { EventType } from '@taskflow/shared/events/all.ts'
import type { WriteCtx } from '../context.ts'
import { recordOnBoard } from '../streams/record.ts'
import type { TaskRow } from './tasks.access.ts'

/** The fields of a task that acts change, as the rest of the code names them. */
export type Changes = Partial<
  Pick<
    TaskRow,
    | 'boardId'
    | 'columnId'
    | 'number'
    | 'position'
    | 'title'
    | 'description'
    | 'descriptionVersion'
    | 'priority'
    | 'assigneeIds'
    | 'labelIds'
    | 'watcherIds'
    | 'blockedByIds'
    | 'start'
    | 'due'
    | 'parentId'
    | 'checklistItems'
    | 'commentCount'
    | 'attachmentCount'
    | 'recurrence'
    | 'closedAt'
    | 'archivedAt'
    | 'deletedAt'
  >
>

type Field = keyof Changes

/** Columns of each field, with the value that each takes. */
const COLUMNS: Record<Field, (row: TaskRow) => [column: string, value: unknown][]> = {
  boardId: (row) => [['board_id', row.boardId]],
  columnId: (row) => [['column_id', row.columnId]],
  number: (row) => [['number', row.number]],
  position: (row) => [['position', row.position]],
  title: (row) => [['title', row.title]],
  description: (row) => [['description', row.description]],
  descriptionVersion: (row) => [['description_version', row.descriptionVersion]],
  priority: (row) => [['priority', row.priority]],
  assigneeIds: (row) => [['assignee_ids', row.assigneeIds]],
  labelIds: (row) => [['label_ids', row.labelIds]],
  watcherIds: (row) => [['watcher_ids', row.watcherIds]],
  blockedByIds: (row) => [['blocked_by_ids', row.blockedByIds]],
  start: (row) => [['start', json(row.start)]],
  due: (row) => [
    ['due', json(row.due)],
    ['due_date', row.due?.date ?? null],
    ['due_at', row.due?.at ?? null],
  ],
  parentId: (row) => [['parent_id', row.parentId]],
  checklistItems: (row) => [
    ['checklist', json(row.checklistItems)],
    ['checklist_done', progressOf(row.checklistItems)?.done ?? 0],
    ['checklist_total', row.checklistItems.length],
  ],
  commentCount: (row) => [['comment_count', row.commentCount]],
  attachmentCount: (row) => [['attachment_count', row.attachmentCount]],
  recurrence: (row) => [['recurrence', json(row.recurrence)]],
  closedAt: (row) => [['closed_at', row.closedAt]],
  archivedAt: (row) => [['archived_at', row.archivedAt]],
  deletedAt: (row) => [['deleted_at', row.deletedAt]],
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value))

/** Writes the changes to a locked task with the next version, to leave with the commit; answers the task as it will be. */
export function saveTask(ctx: WriteCtx, task: TaskRow, changes: Changes): TaskRow {
  const saved: TaskRow = { ...task, ...changes, version: task.version + 1, updatedAt: ctx.now }
  const columns = (Object.keys(changes) as Field[]).sort().flatMap((field) => COLUMNS[field](saved))
  const assignments = columns.map(([column], i) => `, ${column} = $${i + 4}`).join('')
  ctx.tx.later(`update task set version = $2, updated_at = $3${assignments} where id = $1`, [
    saved.id,
    saved.version,
    saved.updatedAt,
    ...columns.map(([, value]) => value),
  ])
  return saved
}

/** Saves the changes and records them as one fact on the task's board. */
export function changeTask(ctx: WriteCtx, task: TaskRow, changes: Changes, more: Partial<TaskChanges> = {}): TaskRow {
  const saved = saveTask(ctx, task, changes)
  recordOnTask(ctx, saved, 'task.updated', { ...stamp(saved), ...shown(changes, saved), ...more }, task)
  return saved
}

export const stamp = ({ id, version, updatedAt }: TaskRow) => ({ id, version, updatedAt })

export const placed = (row: TaskRow) => ({
  ...stamp(row),
  columnId: row.columnId,
  position: row.position,
  closedAt: row.closedAt,
})

export function recordOnTask<Type extends Extract<EventType, `task.${string}` | `comment.${string}`>>(
  ctx: WriteCtx,
  task: TaskRow,
  type: Type,
  data: Parameters<typeof recordOnBoard<Type>>[2]['data'],
  before?: TaskRow,
): void {
  recordOnBoard(ctx, task, { type, subject: task.id, data, about: { task, before } })
}

/** The changes with what a card derives from them. */
function shown(changes: Changes, saved: TaskRow): Partial<TaskChanges> {
  const { archivedAt: _archived, deletedAt: _deleted, ...fields } = changes
  return {
    ...fields,
    ...(changes.description !== undefined && { hasDescription: saved.description !== '' }),
    ...(changes.checklistItems !== undefined && { checklist: progressOf(saved.checklistItems) }),
  }
}
