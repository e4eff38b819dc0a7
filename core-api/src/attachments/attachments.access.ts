import { ACCESS_JOINS, VISIBLE } from '../boards/boards.access.ts'
import type { Ctx, WriteCtx } from '../context.ts'
import { NotFound } from '../errors.ts'
import { lockTaskFor, type TaskRow } from '../tasks/tasks.access.ts'
import { AttachmentEntity } from './attachment.entity.ts'

export interface StoredAttachment {
  taskId: string
  workspaceId: string
  fileId: string
  name: string
  type: string
  size: number
}

const ATTACHMENT = `
  select a.task_id as "taskId", a.workspace_id as "workspaceId", a.file_id as "fileId", a.name, a.type, a.size
  from attachment a join task t on t.id = a.task_id join board b on b.id = t.board_id ${ACCESS_JOINS}
  where a.id = $1 and ${VISIBLE}`

/** The attachment, if the actor may see the board of its task. */
export async function getAttachmentFor(ctx: Ctx, id: string): Promise<StoredAttachment> {
  const [found] = await ctx.tx.sql<StoredAttachment & Record<string, unknown>>(ATTACHMENT, [id, ctx.actor.id])
  if (!found) throw noSuchAttachment()
  return found
}

/** The same with its task locked, so that counts are right. */
export async function lockAttachmentFor(ctx: WriteCtx, id: string, permission: string) {
  const { taskId } = await getAttachmentFor(ctx, id)
  const task: TaskRow = await lockTaskFor(ctx, taskId, permission)
  const attachment = await ctx.tx.em.findOne(AttachmentEntity, { id, taskId })
  if (!attachment) throw noSuchAttachment()
  return { attachment, task }
}

const noSuchAttachment = () => new NotFound('attachments.not_found', 'There is no such attachment.')
