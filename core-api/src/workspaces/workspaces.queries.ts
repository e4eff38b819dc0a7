import type { Page } from '@taskflow/shared/dto/page.ts'
import type { WorkspaceOfMine } from '@taskflow/shared/dto/workspace.ts'
import type { Ctx } from '../context.ts'
import { pageById } from '../http/paging.ts'
import { permissionsOf } from '../members/permissions.ts'

const MINE = `
  select w.id, w.name, iso(w.created_at) as "createdAt", w.version, m.role, r.permissions as custom
  from workspace_member m join workspace w on w.id = m.workspace_id
  left join workspace_role r on r.workspace_id = m.workspace_id and r.key = m.role
  where m.user_id = $1 and ($2::uuid is null or w.id > $2)
  order by w.id limit $3`

type Row = Omit<WorkspaceOfMine, 'permissions'> & { custom: string[] | null }

/** The workspaces that the actor belongs to, the oldest first. */
export async function listWorkspaces(
  ctx: Ctx,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<Page<WorkspaceOfMine>> {
  const rows = await ctx.tx.sql<Row>(MINE, [ctx.actor.id, cursor ?? null, limit + 1])
  const mine = rows.map(({ custom, ...row }) => ({ ...row, permissions: permissionsOf(row.role, custom) }))
  return pageById(mine, limit)
}
