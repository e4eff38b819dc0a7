import type { Ctx } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import type { Actor } from '../http/authenticate.ts'
import { allows, permissionsOf } from './permissions.ts'

export interface Membership {
  workspaceId: string
  role: string
  permissions: string[]
}

/** What one person ($1) is in their workspaces. */
export const MEMBERSHIPS = `
  select m.workspace_id as "workspaceId", m.role, r.permissions as custom
  from workspace_member m
  left join workspace_role r on r.workspace_id = m.workspace_id and r.key = m.role
  where m.user_id = $1`

const IN_WORKSPACE = `${MEMBERSHIPS} and m.workspace_id = $2`

export interface MembershipRow {
  workspaceId: string
  role: string
  custom: string[] | null
}

export async function findMembership(ctx: Ctx, workspaceId: string): Promise<Membership | null> {
  const [row] = await ctx.tx.sql<MembershipRow>(IN_WORKSPACE, [ctx.actor.id, workspaceId])
  return row ? { workspaceId: row.workspaceId, role: row.role, permissions: permissionsOf(row.role, row.custom) } : null
}

/** The actor's own place in a workspace, with the right to do something there. */
export async function getMembership(ctx: Ctx, workspaceId: string, permission?: string): Promise<Membership> {
  const membership = await findMembership(ctx, workspaceId)
  if (!membership) throw new NotFound('workspaces.not_found', 'There is no such workspace.')
  if (permission) demand(ctx.actor, membership.permissions, permission)
  return membership
}

/** Seeing a thing is not yet the right to change it. A key never has more rights than the person behind it. */
export function demand(actor: Actor, permissions: readonly string[], wanted: string): void {
  const scopes = 'scopes' in actor ? (actor.scopes as string[]) : undefined
  if (allows(permissions, wanted) && (!scopes || allows(scopes, wanted))) return
  throw new Forbidden('access.forbidden', 'Your role does not allow this.', { members: { permission: wanted } })
}
