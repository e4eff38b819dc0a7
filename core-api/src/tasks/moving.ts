import type { Task } from '@taskflow/shared/dto/task.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import { type BoardRow, countOn, demandOnBoard, findBoardFor, refuseArchived } from '../boards/boards.access.ts'
import { enterLane, type WriteCtx } from '../context.ts'
import { Invalid, NotFound } from '../errors.ts'
import { record } from '../streams/record.ts'
import { listViewersAmong, unchanged } from './assigning.ts'
import { placed, recordOnTask, saveTask, stamp } from './changing.ts'
import { findPlace, type Place, refuseElsewhere, refuseOverLimit, type Wish } from './placing.ts'
import { toCard, toTaskDto } from './task.dto.ts'
import { lockTaskFor, type TaskRow } from './tasks.access.ts'

export async function moveTask(ctx: WriteCtx, { id, ...wish }: Wish & { id: string }): Promise<Task> {
  const [task, place] = await Promise.all([lockTaskFor(ctx, id, 'task:write'), findPlace(ctx, wish, id)])
  if (!place) return noSuchColumn()
  const board = place.boardId === task.boardId ? null : await getBoardAround(ctx, place, task)
  const beside = besideItself(wish, id)
  if (beside && place.columnId === task.columnId) return unchanged(ctx, task)
  refuseElsewhere(beside ?? place.elsewhere)
  if (place.columnId !== task.columnId) await refuseOverLimit(ctx, place)
  return toTaskDto(board ? await moveAcross(ctx, task, { ...place, board }) : moveWithin(ctx, task, place))
}

/** Of another board nothing is told to whoever does not see it, not even what its column would say to the task. */
async function getBoardAround(ctx: WriteCtx, { boardId }: Place, { workspaceId }: TaskRow): Promise<BoardRow> {
  const board = (await findBoardFor(ctx, boardId)) ?? noSuchColumn()
  demandOnBoard(ctx, board, 'task:write')
  refuseArchived(board.archivedAt)
  countOn(ctx, board.id, board)
  if (board.workspaceId === workspaceId) return board
  throw new Invalid([{ path: 'columnId', message: 'belongs to another workspace' }], 'tasks.other_workspace')
}

function moveWithin(ctx: WriteCtx, task: TaskRow, place: Place): TaskRow {
  const { columnId, position } = place
  const moved = saveTask(ctx, task, { columnId, position, closedAt: closedIn(ctx, task, place) })
  recordOnTask(ctx, moved, 'task.moved', { ...placed(moved), fromColumnId: task.columnId }, task)
  return moved
}

/** The side on which a task names itself, and nobody else, as its neighbour. */
const besideItself = ({ before = null, after = null }: Wish, id: string) =>
  before === id && !after ? 'before' : after === id && !before ? 'after' : null

// What depends on the task on its old board stays there, by itself: subtasks lie on the board of their parent.
const LET_GO = 'update task set parent_id = null where parent_id = $1'

/** A task takes the next number of its new board, and leaves behind its family and the people who cannot follow it. */
async function moveAcross(
  ctx: WriteCtx,
  task: TaskRow,
  { board, ...place }: Place & { board: BoardRow },
): Promise<TaskRow> {
  const [number, assigneeIds, watcherIds] = await Promise.all([
    takeNumber(ctx, board.id),
    listViewersAmong(ctx, board.id, task.assigneeIds),
    listViewersAmong(ctx, board.id, task.watcherIds),
  ])
  const { columnId, position } = place
  const closedAt = closedIn(ctx, task, place)
  const changes = { boardId: board.id, columnId, position, closedAt, number, parentId: null, assigneeIds, watcherIds }
  const moved = saveTask(ctx, { ...task, boardKey: board.key }, changes)
  ctx.tx.later(LET_GO, [task.id])
  recordOnTask(ctx, task, 'task.deleted', { ...stamp(moved), reason: 'moved', toBoardId: board.id })
  record(ctx, {
    stream: boardStream(board.id),
    workspaceId: task.workspaceId,
    type: 'task.moved',
    subject: task.id,
    data: { ...toCard(moved), fromBoardId: task.boardId, fromColumnId: task.columnId },
    about: { task: moved, before: task },
  })
  return moved
}

export async function takeNumber(ctx: WriteCtx, boardId: string): Promise<number> {
  await enterLane(ctx, boardStream(boardId))
  const [row] = await ctx.tx.sql<{ number: number }>(
    'update board set last_number = last_number + 1 where id = $1 returning last_number as number',
    [boardId],
  )
  return row!.number
}

/** What lies in a done column is closed; what leaves one is open again. Elsewhere closing is an act of its own. */
export function closedIn(ctx: WriteCtx, task: Pick<TaskRow, 'columnId' | 'closedAt'>, place: Place): string | null {
  if (place.columnId === task.columnId) return task.closedAt
  return place.done ? (task.closedAt ?? ctx.now) : null
}

function noSuchColumn(): never {
  throw new NotFound('columns.not_found', 'There is no such column.', {
    errors: [{ path: 'columnId', message: 'is not a column that you can see' }],
  })
}
