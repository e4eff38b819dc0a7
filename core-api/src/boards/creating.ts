import type { Board, Column, Visibility } from '@taskflow/shared/dto/board.ts'
import { positionsBetween } from '@taskflow/shared/board/position.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict } from '../errors.ts'
import { demandRoom } from '../quotas.ts'
import { record, recordForUser, recordInWorkspace } from '../streams/record.ts'
import { holdWorkspaceFor } from '../workspaces/workspaces.access.ts'
import { demandFreeKey, findFreeKey } from './board-key.ts'
import { type BoardRow, findBoardFor } from './boards.access.ts'
import { unchanged } from './saving.ts'
import { type TemplateKey, TEMPLATES } from './templates.ts'

export type NewColumn = Pick<Column, 'name'> & Partial<Pick<Column, 'color' | 'wipLimit' | 'wipMode' | 'done'>>

export interface NewBoard {
  id?: string
  name: string
  key?: string
  description?: string
  visibility?: Visibility
  template?: TemplateKey
  columns?: NewColumn[]
}

export const FIRST_COLUMNS: NewColumn[] = [{ name: 'To do' }, { name: 'Doing' }, { name: 'Done', done: true }]

export async function createBoard(ctx: WriteCtx, workspaceId: string, input: NewBoard): Promise<Board> {
  await holdWorkspaceFor(ctx, workspaceId, 'board:create')
  const known = input.id === undefined ? null : await findCreated(ctx, workspaceId, input.id)
  if (known) return unchanged(ctx, known)
  await demandRoom(ctx, 'boards', workspaceId)
  const board = await buildBoard(ctx, workspaceId, input)
  insertBoard(ctx, board)
  const template = TEMPLATES.find(({ key }) => key === input.template)
  const columns = insertColumns(ctx, board, input.columns ?? template?.columns ?? FIRST_COLUMNS)
  recordNewBoard(ctx, board, columns)
  return board
}

/** The same id from the same person again is the same board. */
export async function findCreated(ctx: WriteCtx, workspaceId: string, id: string): Promise<BoardRow | null> {
  const known = await findBoardFor(ctx, id)
  if (!known || (known.workspaceId === workspaceId && known.createdBy === ctx.actor.id)) return known
  throw new Conflict('boards.id_taken', 'This id is in use already.', {
    errors: [{ path: 'id', message: 'is in use already' }],
  })
}

export async function buildBoard(ctx: WriteCtx, workspaceId: string, input: NewBoard): Promise<Board> {
  if (input.key !== undefined) await demandFreeKey(ctx, workspaceId, input.key)
  return {
    id: input.id ?? newId(),
    workspaceId,
    key: input.key ?? (await findFreeKey(ctx, workspaceId, input.name)),
    name: input.name,
    description: input.description ?? '',
    visibility: input.visibility ?? 'workspace',
    archivedAt: null,
    createdBy: ctx.actor.id,
    createdAt: ctx.now,
    version: 1,
  }
}

/** The board's own stream begins with it; the workspace hears of it only if all may see it. */
export function recordNewBoard(ctx: WriteCtx, board: Board, columns: Column[]) {
  const { workspaceId } = board
  record(ctx, {
    stream: boardStream(board.id),
    workspaceId,
    type: 'board.created',
    subject: board.id,
    data: { ...board, columns },
  })
  const listed = { type: 'board.created' as const, subject: board.id, data: board }
  if (board.visibility === 'workspace') recordInWorkspace(ctx, workspaceId, listed)
  else recordForUser(ctx, ctx.actor.id, listed)
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
      wipLimit: column.wipLimit ?? null,
      wipMode: column.wipMode ?? 'soft',
      done: column.done ?? false,
      version: 1,
    }
    ctx.tx.later(INSERT_COLUMN, [
      inserted.id,
      board.workspaceId,
      board.id,
      inserted.name,
      inserted.position,
      inserted.color,
      inserted.wipLimit,
      inserted.wipMode,
      inserted.done,
    ])
    return inserted
  })
}

const INSERT_COLUMN = `
  insert into board_column (id, workspace_id, board_id, name, position, color, wip_limit, wip_mode, done)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
