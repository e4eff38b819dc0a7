import type { Ctx } from '../context.ts'
import { Invalid } from '../errors.ts'

export async function demandLabels(ctx: Ctx, workspaceId: string, labelIds: string[], path: string): Promise<void> {
  if (labelIds.length === 0) return
  const [row] = await ctx.tx.sql<{ count: number }>(
    'select count(*)::int as count from label where workspace_id = $1 and id = any($2::uuid[])',
    [workspaceId, labelIds],
  )
  if (row!.count === new Set(labelIds).size) return
  throw new Invalid([{ path, message: 'names a label that this workspace does not have' }], 'labels.not_found')
}
