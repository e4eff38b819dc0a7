import type { Page } from '@taskflow/shared/dto/page.ts'
import type { Comment } from '@taskflow/shared/dto/task.ts'
import type { Ctx } from '../context.ts'
import { toPage } from '../http/paging.ts'
import { getTaskFor } from '../tasks/tasks.access.ts'

interface PageOfComments {
  order: 'oldest' | 'newest'
  cursor?: [createdAt: string, id: string]
  limit: number
}

const page = (beyond: '<' | '>', direction: 'asc' | 'desc') => `
  select id, task_id as "taskId", author_id as "authorId", body, mention_ids as "mentionIds", reactions,
         iso(created_at) as "createdAt", iso(edited_at) as "editedAt"
  from comment where task_id = $1 and ($2::timestamptz is null or (created_at, id) ${beyond} ($2, $3::uuid))
  order by created_at ${direction}, id ${direction} limit $4`

const PAGES = { oldest: page('>', 'asc'), newest: page('<', 'desc') }

export async function listComments(
  ctx: Ctx,
  taskId: string,
  { order, cursor, limit }: PageOfComments,
): Promise<Page<Comment>> {
  await getTaskFor(ctx, taskId)
  const values = [taskId, ...(cursor ?? [null, null]), limit + 1]
  const rows = await ctx.tx.sql<Comment & Record<string, unknown>>(PAGES[order], values)
  return toPage(rows, limit, ({ createdAt, id }) => [createdAt, id])
}
