import { isDeepStrictEqual } from 'node:util'
import type { ChecklistItem, Priority, Task } from '@taskflow/shared/dto/task.ts'
import type { WhenInput } from '@taskflow/shared/dto/when.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict } from '../errors.ts'
import { demandLabels } from '../labels/labels.access.ts'
import { keepForFollowing, type Scope } from '../recurrence/keeping.ts'
import type { Repeating } from '../recurrence/recurrence.access.ts'
import { demandViewers, unchanged } from './assigning.ts'
import { type Changes, changeTask } from './changing.ts'
import { demandAcyclic, demandParent } from './depending.ts'
import { toTaskDto } from './task.dto.ts'
import { lockTaskFor, type TaskRow } from './tasks.access.ts'
import { refuseDueBeforeStart, toWhen } from './when.ts'
import { inOwnZone } from './zone.ts'

export interface TaskEdit {
  title?: string
  description?: string
  /** The task's version that the new description was written on. */
  version?: number
  priority?: Priority
  assigneeIds?: string[]
  labelIds?: string[]
  blockedByIds?: string[]
  start?: WhenInput | null
  due?: WhenInput | null
  parentId?: string | null
  checklistItems?: ChecklistItem[]
  /** Of a task that repeats. */
  scope?: Scope
}

/** Changes only the fields that are named, so that two people who edit different fields both win. */
export async function editTask(ctx: WriteCtx, id: string, edit: TaskEdit): Promise<Task> {
  return editLocked(ctx, await lockTaskFor(ctx, id, 'task:write'), edit)
}

export async function editLocked(ctx: WriteCtx, task: TaskRow, edit: TaskEdit): Promise<Task> {
  refuseStaleText(task, edit)
  const changes = await whatChanges(ctx, task, edit)
  if (Object.keys(changes).length === 0) return unchanged(ctx, task)
  await refuseForeign(ctx, task, changes)
  const beside = task.recurrence ? await keepForFollowing(ctx, task as Repeating, changes, edit.scope) : {}
  return toTaskDto(changeTask(ctx, task, { ...changes, ...beside }))
}

async function whatChanges(ctx: WriteCtx, task: TaskRow, edit: TaskEdit): Promise<Changes> {
  const { version: _version, scope: _scope, start, due, ...plain } = edit
  const wanted: Changes = { ...plain }
  if (start !== undefined) wanted.start = toWhen(await inOwnZone(ctx, start), 'start')
  if (due !== undefined) wanted.due = toWhen(await inOwnZone(ctx, due), 'due')
  const changes = Object.fromEntries(
    Object.entries(wanted).filter(([field, value]) => !isDeepStrictEqual(value, task[field as keyof Changes])),
  ) as Changes
  if (changes.description !== undefined) changes.descriptionVersion = task.version + 1
  return changes
}

async function refuseForeign(ctx: WriteCtx, task: TaskRow, changes: Changes): Promise<void> {
  if (changes.start !== undefined || changes.due !== undefined) {
    const { start = task.start, due = task.due } = changes
    refuseDueBeforeStart(start, due)
  }
  if (changes.assigneeIds) {
    await demandViewers(ctx, task.boardId, added(changes.assigneeIds, task.assigneeIds), 'assigneeIds')
  }
  if (changes.labelIds) await demandLabels(ctx, task.workspaceId, changes.labelIds, 'labelIds')
  if (changes.blockedByIds) await demandAcyclic(ctx, task, added(changes.blockedByIds, task.blockedByIds))
  if (changes.parentId) await demandParent(ctx, task, changes.parentId)
}

const added = (wanted: string[], known: string[]) => wanted.filter((one) => !known.includes(one))

/** Whoever wrote on another text gets the current one back, so that nobody's words are lost. */
function refuseStaleText(task: TaskRow, { description, version }: TaskEdit): void {
  if (description === undefined || version === undefined || description === task.description) return
  // A version that is yet to come was read before the database was restored from a backup.
  if (version >= task.descriptionVersion && version <= task.version) return
  throw new Conflict('tasks.conflict', 'Somebody else changed this text in the meantime.', {
    members: { current: { description: task.description, version: task.version } },
  })
}
