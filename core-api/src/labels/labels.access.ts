import { LockMode } from '@mikro-orm/postgresql'
import type { Ctx, WriteCtx } from '../context.ts'
import { NotFound, unknownId } from '../errors.ts'
import { findMembership } from '../members/members.access.ts'
import { lockWorkspaceFor } from '../workspaces/workspaces.access.ts'
import { LabelEntity } from './label.entity.ts'

/** The label with the right to change it; the workspace is locked, so that its boards are all that there are to tell. */
export async function lockLabelFor(ctx: WriteCtx, id: string, permission: string) {
  const found = await ctx.tx.em.findOne(LabelEntity, { id })
  if (!found || !(await findMembership(ctx, found.workspaceId))) throw noSuchLabel()
  await lockWorkspaceFor(ctx, found.workspaceId, permission)
  const label = await ctx.tx.em.findOne(LabelEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
  if (!label) throw noSuchLabel()
  return label
}

// The share lock lets nobody remove the label before the commit: a task would keep what facts have taken off it.
const KNOWN = `
  select count(*)::int as count
  from (select from label where workspace_id = $1 and id = any($2::uuid[]) for key share) known`

export async function demandLabels(ctx: Ctx, workspaceId: string, labelIds: string[], path: string): Promise<void> {
  if (labelIds.length === 0) return
  const [row] = await ctx.tx.sql<{ count: number }>(KNOWN, [workspaceId, labelIds])
  if (row!.count === new Set(labelIds).size) return
  throw unknownId(path, 'names a label that this workspace does not have', 'labels.not_found')
}

const noSuchLabel = () => new NotFound('labels.not_found', 'There is no such label.')
