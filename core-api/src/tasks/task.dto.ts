import { progressOf } from '@taskflow/shared/board/checklist.ts'
import type { Task, TaskCard } from '@taskflow/shared/dto/task.ts'
import type { TaskRow } from './tasks.access.ts'

export function toCard(row: TaskRow): TaskCard {
  return {
    id: row.id,
    boardId: row.boardId,
    columnId: row.columnId,
    number: row.number,
    position: row.position,
    title: row.title,
    hasDescription: row.description !== '',
    priority: row.priority,
    assigneeIds: row.assigneeIds,
    labelIds: row.labelIds,
    start: row.start,
    due: row.due,
    parentId: row.parentId,
    blockedByIds: row.blockedByIds,
    checklist: progressOf(row.checklistItems),
    commentCount: row.commentCount,
    attachmentCount: row.attachmentCount,
    recurrence: row.recurrence,
    closedAt: row.closedAt,
    createdBy: row.createdBy,
    updatedAt: row.updatedAt,
    version: row.version,
  }
}

export function toTaskDto(row: TaskRow): Task {
  return {
    ...toCard(row),
    workspaceId: row.workspaceId,
    key: `${row.boardKey}-${row.number}`,
    createdAt: row.createdAt,
    description: row.description,
    descriptionVersion: row.descriptionVersion,
    checklistItems: row.checklistItems,
    watcherIds: row.watcherIds,
    archivedAt: row.archivedAt,
    deletedAt: row.deletedAt,
  }
}
