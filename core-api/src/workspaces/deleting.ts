import type { WriteCtx } from '../context.ts'
import { Forbidden } from '../errors.ts'
import { getMembership } from '../members/members.access.ts'
import { recordForUser, recordInWorkspace, recordOnBoard } from '../streams/record.ts'

/** Everything in it goes with it. Its streams end with this fact; nobody may read them afterwards. */
export async function deleteWorkspace(ctx: WriteCtx, id: string): Promise<void> {
  // What refers to it waits from the start: later, this act would hold what those wait for.
  await ctx.tx.sql('select from workspace where id = $1 for update', [id])
  const { role } = await getMembership(ctx, id)
  if (role !== 'owner') throw new Forbidden('access.forbidden', 'Only an owner may delete a workspace.')
  const [boards, members] = await Promise.all([
    ctx.tx.sql<{ id: string }>('select id from board where workspace_id = $1', [id]),
    ctx.tx.sql<{ id: string }>('select user_id as id from workspace_member where workspace_id = $1', [id]),
  ])
  ctx.tx.later('delete from workspace where id = $1', [id])
  recordInWorkspace(ctx, id, { type: 'workspace.deleted', subject: id, data: { id } })
  for (const board of boards) {
    const at = { workspaceId: id, boardId: board.id }
    recordOnBoard(ctx, at, { type: 'board.deleted', subject: board.id, data: { id: board.id, reason: 'deleted' } })
  }
  for (const { id: userId } of members) {
    const data = { userId, userIds: [], acl: 0, workspaceId: id }
    recordForUser(ctx, userId, { type: 'access.revoked', data })
  }
}
