import { progressOf } from '@taskflow/shared/board/checklist.ts'
import type { RecurrenceInput } from '@taskflow/shared/dto/recurrence.ts'
import type { ChecklistItem, Priority, Task } from '@taskflow/shared/dto/task.ts'
import type { WhenInput } from '@taskflow/shared/dto/when.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { type BoardRow, countOn, getBoardFor, LOCK_BOARD } from '../boards/boards.access.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict, Invalid } from '../errors.ts'
import { demandLabels } from '../labels/labels.access.ts'
import { beginSeries, type Repeating, saveRecurrence } from '../recurrence/recurrence.access.ts'
import { toRecurrence } from '../recurrence/repeating.ts'
import { demandViewers, unchanged } from './assigning.ts'
import { recordOnTask } from './changing.ts'
import { demandParent } from './depending.ts'
import { takeNumber } from './moving.ts'
import { findPlace, type Place, refuseElsewhere, refuseOverLimit } from './placing.ts'
import { toCard, toTaskDto } from './task.dto.ts'
import { findTaskFor, type TaskRow } from './tasks.access.ts'
import { refuseDueBeforeStart, toWhen } from './when.ts'
import { inOwnZone } from './zone.ts'

export interface NewTask {
  id?: string
  title: string
  columnId?: string
  before?: string | null
  after?: string | null
  description?: string
  priority?: Priority
  assigneeIds?: string[]
  labelIds?: string[]
  start?: WhenInput | null
  due?: WhenInput | null
  parentId?: string | null
  checklistItems?: ChecklistItem[]
  recurrence?: RecurrenceInput | null
}

export async function createTask(ctx: WriteCtx, boardId: string, input: NewTask): Promise<Task> {
  const finding = getBoardFor(ctx, boardId, 'task:write')
  const findingRest = Promise.all([
    findPlaceOn(ctx, boardId, input),
    input.id === undefined ? null : findTaskFor(ctx, input.id),
  ])
  // That there is no such board for them comes before what is wrong with the task there.
  findingRest.catch(() => {})
  const board = await finding
  const [place, known] = await findingRest
  countOn(ctx, boardId, board)
  if (known?.boardId === boardId) return unchanged(ctx, known)
  if (known) throw idTaken()
  const task = await repeating(ctx, input.recurrence, await build(ctx, board, place, input))
  refuseElsewhere(place.elsewhere)
  await refuseForeign(ctx, task)
  await refuseOverLimit(ctx, place)
  const created = await insertTask(ctx, task)
  if (task.recurrence) saveRecurrence(ctx, beginSeries(task as Repeating))
  return created
}

/** Numbers the task, inserts it and records that it has come; `before` is the one that it takes over from. */
export async function insertTask(ctx: WriteCtx, unnumbered: TaskRow, before?: TaskRow): Promise<Task> {
  const task = { ...unnumbered, number: await takeNumber(ctx, unnumbered.boardId) }
  ctx.tx.later(INSERT, [
    task.id,
    task.workspaceId,
    task.boardId,
    task.columnId,
    task.number,
    task.position,
    task.title,
    task.description,
    task.priority,
    task.assigneeIds,
    task.labelIds,
    task.watcherIds,
    task.start,
    task.due,
    task.due?.date ?? null,
    task.due?.at ?? null,
    task.parentId,
    JSON.stringify(task.checklistItems),
    progressOf(task.checklistItems)?.done ?? 0,
    task.checklistItems.length,
    task.recurrence,
    task.createdBy,
    task.createdAt,
    task.closedAt,
  ])
  const data = { ...toCard(task), ...(task.description && { description: task.description }) }
  recordOnTask(ctx, task, 'task.created', data, before)
  return toTaskDto(task)
}

const INSERT = `
  insert into task (
    id, workspace_id, board_id, column_id, number, position, title, description, priority, assignee_ids, label_ids,
    watcher_ids, start, due, due_date, due_at, parent_id, checklist, checklist_done, checklist_total, recurrence,
    created_by, created_at, updated_at, closed_at
  ) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $23, $24)`

const FIRST_COLUMN = `select id from board_column where board_id = $1 order by position collate "C", id limit 1`

async function findPlaceOn(ctx: WriteCtx, boardId: string, input: NewTask): Promise<Place> {
  const columnId = input.columnId ?? (await ctx.tx.sql<{ id: string }>(FIRST_COLUMN, [boardId]))[0]?.id
  const place = columnId ? await findPlace(ctx, { columnId, before: input.before, after: input.after }) : null
  if (place?.boardId === boardId) return place
  throw new Invalid([{ path: 'columnId', message: 'is not a column of this board' }], 'columns.not_found')
}

async function build(ctx: WriteCtx, board: BoardRow, place: Place, input: NewTask): Promise<TaskRow> {
  const start = toWhen(await inOwnZone(ctx, input.start ?? null), 'start')
  const due = toWhen(await inOwnZone(ctx, input.due ?? null), 'due')
  refuseDueBeforeStart(start, due)
  const { workspaceId, role, custom, boardRole, acl } = board
  return {
    ...EMPTY,
    ...{ workspaceId, role, custom, boardRole, acl },
    id: input.id ?? newId(),
    boardId: board.id,
    boardKey: board.key,
    boardArchivedAt: board.archivedAt,
    columnId: place.columnId,
    position: place.position,
    closedAt: place.done ? ctx.now : null,
    title: input.title,
    description: input.description ?? '',
    priority: input.priority ?? 'none',
    assigneeIds: input.assigneeIds ?? [],
    labelIds: input.labelIds ?? [],
    start,
    due,
    parentId: input.parentId ?? null,
    checklistItems: input.checklistItems ?? [],
    createdBy: ctx.actor.id,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  }
}

async function repeating(ctx: WriteCtx, input: RecurrenceInput | null | undefined, task: TaskRow): Promise<TaskRow> {
  return input ? { ...task, ...(await toRecurrence(ctx, input, task.due)) } : task
}

const EMPTY = {
  number: 0,
  descriptionVersion: 1,
  watcherIds: [],
  blockedByIds: [],
  commentCount: 0,
  attachmentCount: 0,
  recurrence: null,
  archivedAt: null,
  deletedAt: null,
  version: 1,
}

async function refuseForeign(ctx: WriteCtx, task: TaskRow): Promise<void> {
  // Who sees the board now must not lose it before the task is there: whoever takes it from them locks it, too.
  if (task.assigneeIds.length > 0) await ctx.tx.sql(LOCK_BOARD, [task.boardId])
  await demandViewers(ctx, task.boardId, task.assigneeIds, 'assigneeIds')
  await demandLabels(ctx, task.workspaceId, task.labelIds, 'labelIds')
  if (task.parentId) await demandParent(ctx, task, task.parentId)
}

export const idTaken = () =>
  new Conflict('tasks.id_taken', 'This id is in use already.', {
    errors: [{ path: 'id', message: 'is in use already' }],
  })
