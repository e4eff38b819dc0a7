import type { Workspace } from '@taskflow/shared/dto/workspace.ts'
import { boardStream, workspaceStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { insertBoard, insertColumns, FIRST_COLUMNS } from '../boards/creating.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { record } from '../streams/record.ts'

/** A new workspace comes with one board of three columns, so that the first task is one click away. */
export async function foundWorkspace(ctx: WriteCtx, { id, name }: { id: string; name: string }): Promise<Workspace> {
  const workspace: Workspace = { id, name, createdAt: ctx.now, version: 1 }
  ctx.tx.later('insert into workspace (id, name, created_by, created_at) values ($1, $2, $3, $4)', [
    id,
    name,
    ctx.actor.id,
    ctx.now,
  ])
  ctx.tx.later(`insert into workspace_member (workspace_id, user_id, role, joined_at) values ($1, $2, 'owner', $3)`, [
    id,
    ctx.actor.id,
    ctx.now,
  ])
  const board = {
    id: newId(),
    workspaceId: id,
    key: 'TASK',
    name: 'Tasks',
    description: '',
    visibility: 'workspace' as const,
    archivedAt: null,
    createdBy: ctx.actor.id,
    createdAt: ctx.now,
    version: 1,
  }
  insertBoard(ctx, board)
  const columns = insertColumns(ctx, board, FIRST_COLUMNS)
  record(ctx, { stream: workspaceStream(id), workspaceId: id, type: 'workspace.created', subject: id, data: workspace })
  record(ctx, {
    stream: boardStream(board.id),
    workspaceId: id,
    type: 'board.created',
    subject: board.id,
    data: { ...board, columns },
  })
  return workspace
}
