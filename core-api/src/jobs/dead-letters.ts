import type { DeadLetter } from '@taskflow/shared/dto/operations.ts'
import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Ctx, WriteCtx } from '../context.ts'
import { NotFound } from '../errors.ts'
import { toPage } from '../http/paging.ts'
import { getMembership } from '../members/members.access.ts'
import { enqueue } from './enqueuing.ts'
import { DEAD_LETTERS, type JobKind, type JobKinds } from './kinds.ts'

const LIST = `
  select id, data ->> 'workspaceId' as "workspaceId", source_name as kind, source_retry_count + 1 as attempts,
    coalesce(source_output ->> 'message', source_output #>> '{value}') as error,
    iso(coalesce(source_created_on, created_on)) as "createdAt", iso(created_on) as "failedAt"
  from pgboss.job
  where name = $1 and state = 'created' and (data ->> 'workspaceId')::uuid = any($2)
    and ($3::timestamptz is null or (created_on, id) < ($3, $4::uuid))
  order by created_on desc, id desc limit $5`

const FIND = `
  select source_name as kind, data from pgboss.job where name = $1 and id = $2 and state = 'created' for update`
const REMOVE = 'delete from pgboss.job where name = $1 and id = $2'

export const listDeadLetters = async (
  ctx: Ctx,
  workspaceIds: string[],
  { cursor = [null, null], limit }: { cursor?: [string, string] | [null, null]; limit: number },
): Promise<Page<DeadLetter>> => {
  const rows = await ctx.tx.sql<DeadLetter>(LIST, [DEAD_LETTERS, workspaceIds, ...cursor, limit + 1])
  return toPage(rows, limit, ({ failedAt, id }) => [failedAt, id])
}

/** A dead letter becomes a job again, from its beginning. */
export async function replayDeadLetter(ctx: WriteCtx, id: string): Promise<void> {
  const [dead] = await ctx.tx.sql<{ kind: JobKind; data: { workspaceId?: string } }>(FIND, [DEAD_LETTERS, id])
  if (!dead?.data.workspaceId) throw noSuchDeadLetter()
  await getMembership(ctx, dead.data.workspaceId, 'workspace:write').catch((error: unknown) => {
    throw error instanceof NotFound ? noSuchDeadLetter() : error
  })
  ctx.tx.later(REMOVE, [DEAD_LETTERS, id])
  enqueue(ctx, dead.kind, dead.data as JobKinds[JobKind])
}

const noSuchDeadLetter = () => new NotFound('jobs.not_found', 'There is no such job.')
