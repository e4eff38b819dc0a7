import type { Ctx } from '../context.ts'
import { NotFound } from '../errors.ts'
import { findMembership, getMembership, type Membership } from '../members/members.access.ts'

export const noSuchWorkspace = () => new NotFound('workspaces.not_found', 'There is no such workspace.')

/** What all members but guests may read about their workspace; a guest knows only the boards they were invited to. */
export async function getTeamMembership(ctx: Ctx, workspaceId: string): Promise<Membership> {
  const membership = await findMembership(ctx, workspaceId)
  if (!membership || membership.role === 'guest') throw noSuchWorkspace()
  return membership
}

/**
 * Nobody joins, leaves or changes their role until this transaction ends, and no board comes into being: what is
 * decided about who sees what stays true. Always the first lock of a transaction. What merely refers to the workspace
 * goes on meanwhile.
 */
export async function lockWorkspaceFor(ctx: Ctx, workspaceId: string, permission?: string): Promise<Membership> {
  await lockWorkspace(ctx, workspaceId)
  return getMembership(ctx, workspaceId, permission)
}

export const lockWorkspace = (ctx: Ctx, workspaceId: string) =>
  ctx.tx.sql('select from workspace where id = $1 for no key update', [workspaceId])

/** For acts that count on who belongs to the workspace, and of which any number may run at once. Also the first lock. */
export async function holdWorkspaceFor(ctx: Ctx, workspaceId: string, permission: string): Promise<Membership> {
  await holdWorkspace(ctx, workspaceId)
  return getMembership(ctx, workspaceId, permission)
}

export const holdWorkspace = (ctx: Ctx, workspaceId: string) =>
  ctx.tx.sql('select from workspace where id = $1 for share', [workspaceId])
