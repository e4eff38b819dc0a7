import type { Ctx } from '../context.ts'
import { Forbidden } from '../errors.ts'
import { demand, getMembership, type MembershipRow, MEMBERSHIPS } from '../members/members.access.ts'
import { allows, permissionsOf } from '../members/permissions.ts'

const OVERSEE = 'audit:read'

const OF_ACTOR = `${MEMBERSHIPS} and ($2::uuid is null or m.workspace_id = $2)`

/** The workspaces whose running the actor may look into: the one that is named, else all of theirs; at least one. */
export async function workspacesOverseen(ctx: Ctx, only?: string): Promise<string[]> {
  if (only) return [(await getMembership(ctx, only, OVERSEE)).workspaceId]
  const rows = await ctx.tx.sql<MembershipRow>(OF_ACTOR, [ctx.actor.id, ctx.actor.workspaceId ?? null])
  const overseen = rows.filter(({ role, custom }) => allows(permissionsOf(role, custom), OVERSEE))
  if (overseen.length === 0) throw new Forbidden('access.forbidden', 'Only admins of a workspace may see this.')
  demand(ctx.actor, [OVERSEE], OVERSEE)
  return overseen.map(({ workspaceId }) => workspaceId)
}
