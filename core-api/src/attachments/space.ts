import type { Ctx } from '../context.ts'
import { Unprocessable } from '../errors.ts'

const WORKSPACE_LIMIT_BYTES = 5 * 1024 ** 3

const USED = 'select coalesce(sum(size), 0)::float8 as used from attachment where workspace_id = $1'

/** Room in the workspace for a file, as far as one can tell now. */
export async function demandSpace(ctx: Ctx, workspaceId: string, size: number): Promise<void> {
  const [row] = await ctx.tx.sql<{ used: number }>(USED, [workspaceId])
  if (row!.used + size <= WORKSPACE_LIMIT_BYTES) return
  throw new Unprocessable('quotas.attachments', `The files of a workspace may have ${WORKSPACE_LIMIT_BYTES} bytes.`)
}

/** The same, for sure: who adds a file at the same moment waits until this transaction has ended. */
export async function takeSpace(ctx: Ctx, workspaceId: string, size: number): Promise<void> {
  await ctx.tx.sql(`select pg_advisory_xact_lock(hashtextextended('attachments:' || $1, 1))`, [workspaceId])
  await demandSpace(ctx, workspaceId, size)
}
