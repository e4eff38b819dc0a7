import type { Ctx } from '../context.ts'

const UNREAD = `
  select count(*)::int as unread from notification
  where user_id = $1 and ($2::uuid is null or workspace_id = $2)
    and read_at is null and archived_at is null and snoozed_until is null and shown`

/** How many notifications the actor has not read; of a key, in its workspace. */
export async function unreadCount(
  ctx: Ctx,
  workspaceId: string | null = ctx.actor.workspaceId ?? null,
): Promise<number> {
  const [row] = await ctx.tx.sql<{ unread: number }>(UNREAD, [ctx.actor.id, workspaceId])
  return row!.unread
}
