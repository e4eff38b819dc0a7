import { BUILT_IN_ROLES } from '@taskflow/shared/dto/workspace.ts'
import type { Ctx } from '../context.ts'
import { Forbidden, Invalid } from '../errors.ts'
import type { Membership } from './members.access.ts'
import { covers, isBuiltIn, permissionsOf } from './permissions.ts'

/** What a role of the workspace may do; a role that it does not have is the caller's mistake. */
export async function getPermissionsOfRole(ctx: Ctx, workspaceId: string, role: string): Promise<string[]> {
  if (isBuiltIn(role)) return permissionsOf(role, null)
  const [row] = await ctx.tx.sql<{ permissions: string[] }>(
    'select permissions from workspace_role where workspace_id = $1 and key = $2 for share',
    [workspaceId, role],
  )
  if (row) return permissionsOf(role, row.permissions)
  const message = `must be one of ${BUILT_IN_ROLES.join(', ')}, or a role of this workspace`
  throw new Invalid([{ path: 'role', message }], 'roles.not_found')
}

/** Nobody gives a role above their own, nor decides over somebody above them. */
export async function demandRank(ctx: Ctx, mine: Membership, role: string): Promise<void> {
  const theirs = await getPermissionsOfRole(ctx, mine.workspaceId, role)
  if (!covers(mine.permissions, theirs)) throw new Forbidden('members.above', 'This role is above your own.')
}
