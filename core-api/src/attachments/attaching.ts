import type { Attachment } from '@taskflow/shared/dto/task.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { WriteCtx } from '../context.ts'
import { Conflict, Unprocessable } from '../errors.ts'
import { unchanged } from '../tasks/assigning.ts'
import { changeTask } from '../tasks/changing.ts'
import { lockTaskFor, type TaskRow } from '../tasks/tasks.access.ts'
import { toAttachmentDto } from './attachment.dto.ts'
import { AttachmentEntity } from './attachment.entity.ts'
import { lockAttachmentFor } from './attachments.access.ts'
import { listAttachmentsOf } from './attachments.queries.ts'
import { keyOf } from './file-store.ts'
import { takeSpace } from './space.ts'

const ATTACHMENTS_LIMIT = 100

interface StoredFile {
  id?: string
  fileId: string
  name: string
  type: string
  size: number
}

/** Gives a stored file to a task; from now on it is not loose any more. */
export async function attachFile(ctx: WriteCtx, taskId: string, file: StoredFile): Promise<Attachment> {
  const task = await lockTaskFor(ctx, taskId, 'task:write')
  const known = file.id === undefined ? null : await ctx.tx.em.findOne(AttachmentEntity, { id: file.id })
  if (known?.taskId === task.id && known.createdBy === ctx.actor.id) {
    unchanged(ctx, task)
    return toAttachmentDto(known)
  }
  if (known) throw idTaken()
  if (task.attachmentCount >= ATTACHMENTS_LIMIT) throw tooMany()
  await takeSpace(ctx, task.workspaceId, file.size)
  const { fileId, name, type, size } = file
  const attachment = ctx.tx.em.create(AttachmentEntity, {
    ...{ fileId, name, type, size },
    id: file.id ?? newId(),
    workspaceId: task.workspaceId,
    taskId: task.id,
    createdBy: ctx.actor.id,
    createdAt: new Date(ctx.now),
  })
  ctx.tx.later('delete from loose_file where id = $1', [fileId])
  const added = toAttachmentDto(attachment)
  recordList(ctx, task, [...(await listAttachmentsOf(ctx, task.id)), added])
  return added
}

/** The row goes now, and with it the right to see the file; the file itself once that is certain. */
export async function removeAttachment(ctx: WriteCtx, id: string): Promise<void> {
  const { attachment, task } = await lockAttachmentFor(ctx, id, 'task:write')
  ctx.tx.em.remove(attachment)
  recordList(
    ctx,
    task,
    (await listAttachmentsOf(ctx, task.id)).filter((one) => one.id !== id),
  )
  const { files, log } = ctx.deps
  ctx.afterCommit.push(() => {
    files.remove(keyOf(attachment)).catch((error: Error) => log.warn({ err: error }, 'a file could not be removed yet'))
  })
}

function recordList(ctx: WriteCtx, task: TaskRow, attachments: Attachment[]): void {
  changeTask(ctx, task, { attachmentCount: attachments.length }, { attachments })
}

const tooMany = () =>
  new Unprocessable('attachments.too_many', `A task can have at most ${ATTACHMENTS_LIMIT} attachments.`)

const idTaken = () =>
  new Conflict('attachments.id_taken', 'This id is in use already.', {
    errors: [{ path: 'id', message: 'is in use already' }],
  })
