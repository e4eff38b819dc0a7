import type { Attachment } from '@taskflow/shared/dto/task.ts'
import type { Ctx } from '../context.ts'

const ATTACHMENTS = `
  select id, task_id as "taskId", name, type, size, created_by as "createdBy", iso(created_at) as "createdAt"
  from attachment where task_id = $1 order by created_at, id`

/** All files of a task that was loaded through what the actor may see; their number is bounded. */
export const listAttachmentsOf = (ctx: Ctx, taskId: string): Promise<Attachment[]> =>
  ctx.tx.sql<Attachment & Record<string, unknown>>(ATTACHMENTS, [taskId])
