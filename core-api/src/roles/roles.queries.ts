import type { Page } from '@taskflow/shared/dto/page.ts'
import type { CustomRole } from '@taskflow/shared/dto/workspace.ts'
import type { Ctx } from '../context.ts'
import { getTeamMembership } from '../workspaces/workspaces.access.ts'
import { RoleEntity, toRoleDto } from './role.entity.ts'

/** All of them: their number is bounded. */
export async function listRoles(ctx: Ctx, workspaceId: string): Promise<Page<CustomRole>> {
  await getTeamMembership(ctx, workspaceId)
  const roles = await ctx.tx.em.find(RoleEntity, { workspaceId }, { orderBy: { key: 'asc' } })
  return { items: roles.map(toRoleDto), next: null }
}
