import type { Task } from '@taskflow/shared/dto/task.ts'
import { VISIBLE } from '../boards/boards.access.ts'
import type { Ctx, WriteCtx } from '../context.ts'
import { Invalid } from '../errors.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import { getMember } from '../members/members.queries.ts'
import { changeTask } from './changing.ts'
import { toTaskDto } from './task.dto.ts'
import { lockTaskFor, type TaskRow } from './tasks.access.ts'

export async function assignTask(ctx: WriteCtx, { id, userId }: { id: string; userId: string }): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write')
  if (task.assigneeIds.includes(userId)) return unchanged(ctx, task)
  await demandViewer(ctx, task, userId, 'tasks.assignee_cannot_see')
  return toTaskDto(changeTask(ctx, task, { assigneeIds: [...task.assigneeIds, userId] }))
}

export async function unassignTask(ctx: WriteCtx, { id, userId }: { id: string; userId: string }): Promise<Task> {
  const task = await lockTaskFor(ctx, id, 'task:write')
  if (!task.assigneeIds.includes(userId)) return unchanged(ctx, task)
  return toTaskDto(changeTask(ctx, task, { assigneeIds: task.assigneeIds.filter((one) => one !== userId) }))
}

/** An act that changes nothing records nothing; its answer still names where the board stands. */
export function unchanged(ctx: WriteCtx, task: Parameters<typeof toTaskDto>[0]): Task {
  ctx.unchanged.add(boardStream(task.boardId))
  return toTaskDto(task)
}

const VIEWERS = `
  select m.user_id as id
  from board b join workspace_member m on m.workspace_id = b.workspace_id and m.user_id = any($2::uuid[])
  left join board_member bm on bm.board_id = b.id and bm.user_id = m.user_id
  where b.id = $1 and ${VISIBLE}`

/** Those of these people who can see the board, in the given order. */
export async function listViewersAmong(ctx: Ctx, boardId: string, userIds: string[]): Promise<string[]> {
  if (userIds.length === 0) return []
  const rows = await ctx.tx.sql<{ id: string }>(VIEWERS, [boardId, userIds])
  const seeing = new Set(rows.map((row) => row.id))
  return userIds.filter((id) => seeing.has(id))
}

/** Somebody who is no member is not there; a member may be, and yet not see the board. */
export async function demandViewer(ctx: Ctx, task: TaskRow, userId: string, code: string): Promise<void> {
  const viewers = await listViewersAmong(ctx, task.boardId, [userId])
  if (viewers.length > 0) return
  await getMember(ctx, task.workspaceId, userId)
  throw new Invalid([{ path: 'userId', message: 'names somebody who cannot see this board' }], code)
}

export async function demandViewers(ctx: Ctx, boardId: string, userIds: string[], path: string): Promise<void> {
  const viewers = await listViewersAmong(ctx, boardId, userIds)
  if (viewers.length === userIds.length) return
  throw new Invalid([{ path, message: 'names somebody who cannot see this board' }], 'tasks.assignee_cannot_see')
}
