import type { Label } from '@taskflow/shared/dto/board.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Ctx } from '../context.ts'
import { pageBy } from '../http/paging.ts'
import { getTeamMembership } from '../workspaces/workspaces.access.ts'

const LABELS = `
  select id, name, color, version from label
  where workspace_id = $1 and ($2::text is null or lower(name) > $2) order by lower(name) limit $3`

export async function listLabels(
  ctx: Ctx,
  workspaceId: string,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<Page<Label>> {
  await getTeamMembership(ctx, workspaceId)
  const rows = await ctx.tx.sql<Label & Record<string, unknown>>(LABELS, [workspaceId, cursor ?? null, limit + 1])
  return pageBy(rows, limit, ({ name }) => name.toLowerCase())
}
