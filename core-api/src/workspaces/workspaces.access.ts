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
 * decided about who sees what stays true. Always the first lock of a transaction.
 */
export async function lockWorkspaceFor(ctx: Ctx, workspaceId: string, permission?: string): Promise<Membership> {
  await ctx.tx.sql('select from workspace where id = $1 for update', [workspaceId])
  return getMembership(ctx, workspaceId, permission)
}
