import type { Workspace } from '@taskflow/shared/dto/workspace.ts'
import { workspaceStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import { recordForUser, recordInWorkspace } from '../streams/record.ts'
import { toWorkspaceDto, WorkspaceEntity } from './workspace.entity.ts'
import { lockWorkspaceFor } from './workspaces.access.ts'

export async function renameWorkspace(ctx: WriteCtx, id: string, { name }: { name?: string }): Promise<Workspace> {
  await lockWorkspaceFor(ctx, id, 'workspace:write')
  const workspace = await ctx.tx.em.findOneOrFail(WorkspaceEntity, { id })
  if (name === undefined || name === workspace.name) {
    ctx.unchanged.add(workspaceStream(id))
    return toWorkspaceDto(workspace)
  }
  workspace.name = name
  workspace.version++
  const data = { id, name, version: workspace.version }
  recordInWorkspace(ctx, id, { type: 'workspace.updated', subject: id, data })
  for (const guest of await listGuests(ctx, id)) recordForUser(ctx, guest, { type: 'workspace.updated', data })
  return toWorkspaceDto(workspace)
}

/** Guests do not hear the workspace's stream, yet its name is on their list too. */
async function listGuests(ctx: WriteCtx, workspaceId: string): Promise<string[]> {
  const rows = await ctx.tx.sql<{ id: string }>(
    `select user_id as id from workspace_member where workspace_id = $1 and role = 'guest'`,
    [workspaceId],
  )
  return rows.map(({ id }) => id)
}
