import type { Workspace } from '@taskflow/shared/dto/workspace.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { boardStream, workspaceStream } from '@taskflow/shared/names.ts'
import { FIRST_COLUMNS, insertBoard, insertColumns } from '../boards/creating.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict, Forbidden } from '../errors.ts'
import { insertMember } from '../members/joining.ts'
import { findMembership } from '../members/members.access.ts'
import { demandRoom } from '../quotas.ts'
import { record, recordForUser, recordInWorkspace } from '../streams/record.ts'
import { toWorkspaceDto, WorkspaceEntity } from './workspace.entity.ts'

/** A new workspace comes with one board of three columns, so that the first task is one click away. */
export async function foundWorkspace(ctx: WriteCtx, { id, name }: { id: string; name: string }): Promise<Workspace> {
  if (ctx.actor.workspaceId) throw new Forbidden('access.forbidden', 'A key acts in one workspace only.')
  const known = await findFounded(ctx, id)
  if (known) return known
  await demandRoom(ctx, 'workspacesOfPerson', ctx.actor.id)
  const userId = ctx.actor.id
  const createdAt = new Date(ctx.now)
  const workspace = toWorkspaceDto(
    ctx.tx.em.create(WorkspaceEntity, { id, name, createdBy: userId, createdAt, version: 1 }),
  )
  insertMember(ctx, { workspaceId: id, userId, role: 'owner' })
  recordInWorkspace(ctx, id, { type: 'workspace.created', subject: id, data: workspace })
  recordForUser(ctx, userId, { type: 'access.granted', data: { userId, workspaceId: id } })
  addFirstBoard(ctx, id)
  return workspace
}

/** The same id from the same person again is the same workspace. */
async function findFounded(ctx: WriteCtx, id: string): Promise<Workspace | null> {
  const known = await ctx.tx.em.findOne(WorkspaceEntity, { id })
  if (!known) return null
  if (known.createdBy !== ctx.actor.id || !(await findMembership(ctx, id))) {
    throw new Conflict('workspaces.id_taken', 'This id is in use already.', {
      errors: [{ path: 'id', message: 'is in use already' }],
    })
  }
  ctx.unchanged.add(workspaceStream(id))
  return toWorkspaceDto(known)
}

function addFirstBoard(ctx: WriteCtx, workspaceId: string) {
  const board = {
    id: newId(),
    workspaceId,
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
  record(ctx, {
    stream: boardStream(board.id),
    workspaceId,
    type: 'board.created',
    subject: board.id,
    data: { ...board, columns },
  })
}
