import type { Board, Column, Visibility } from '@taskflow/shared/dto/board.ts'
import { positionsBetween } from '@taskflow/shared/board/position.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { getMembership } from '../members/members.access.ts'
import { record, recordForUser, recordInWorkspace } from '../streams/record.ts'
import { findFreeKey } from './board-key.ts'

export interface NewColumn {
  name: string
  color?: Column['color']
  done?: boolean
}

export interface NewBoard {
  id?: string
  name: string
  key?: string
  description?: string
  visibility?: Visibility
  columns?: NewColumn[]
}

export const FIRST_COLUMNS: NewColumn[] = [{ name: 'To do' }, { name: 'Doing' }, { name: 'Done', done: true }]

export async function createBoard(ctx: WriteCtx, workspaceId: string, input: NewBoard): Promise<Board> {
  await getMembership(ctx, workspaceId, 'board:create')
  const board: Board = {
    id: input.id ?? newId(),
    workspaceId,
    key: await findFreeKey(ctx, workspaceId, input.key ?? input.name),
    name: input.name,
    description: input.description ?? '',
    visibility: input.visibility ?? 'workspace',
    archivedAt: null,
    createdBy: ctx.actor.id,
    createdAt: ctx.now,
    version: 1,
  }
  insertBoard(ctx, board)
  const columns = insertColumns(ctx, board, input.columns ?? FIRST_COLUMNS)
  recordOnBoards(ctx, board, columns)
  return board
}

/** The board's own stream begins with it; the workspace hears of it only if all may see it. */
function recordOnBoards(ctx: WriteCtx, board: Board, columns: Column[]) {
  const { workspaceId } = board
  record(ctx, {
    stream: boardStream(board.id),
    workspaceId,
    type: 'board.created',
    subject: board.id,
    data: { ...board, columns },
  })
  if (board.visibility === 'workspace') recordInWorkspace(ctx, workspaceId, { type: 'board.created', data: board })
  else recordForUser(ctx, ctx.actor.id, { type: 'board.created', data: board })
}

export function insertBoard(ctx: WriteCtx, board: Board): void {
  ctx.tx.later(
    `insert into board (id, workspace_id, key, name, description, visibility, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      board.id,
      board.workspaceId,
      board.key,
      board.name,
      board.description,
      board.visibility,
      board.createdBy,
      board.createdAt,
    ],
  )
  if (board.visibility === 'private') {
    ctx.tx.later(`insert into board_member (workspace_id, board_id, user_id, role) values ($1, $2, $3, 'editor')`, [
      board.workspaceId,
      board.id,
      ctx.actor.id,
    ])
  }
}

export function insertColumns(ctx: WriteCtx, board: Board, wanted: NewColumn[]): Column[] {
  const positions = positionsBetween(null, null, wanted.length)
  return wanted.map((column, i) => {
    const inserted: Column = {
      id: newId(),
      boardId: board.id,
      name: column.name,
      position: positions[i]!,
      color: column.color ?? null,
      wipLimit: null,
      wipMode: 'soft',
      done: column.done ?? false,
      version: 1,
    }
    ctx.tx.later(
      'insert into board_column (id, workspace_id, board_id, name, position, color, done) values ($1, $2, $3, $4, $5, $6, $7)',
      [inserted.id, board.workspaceId, board.id, inserted.name, inserted.position, inserted.color, inserted.done],
    )
    return inserted
  })
}
