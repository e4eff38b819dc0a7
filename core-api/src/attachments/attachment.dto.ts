import type { Attachment } from '@taskflow/shared/dto/task.ts'

interface AttachmentRow extends Omit<Attachment, 'createdBy' | 'createdAt'> {
  createdBy?: string | null
  createdAt: Date
}

export const toAttachmentDto = (row: AttachmentRow): Attachment => ({
  id: row.id,
  taskId: row.taskId,
  name: row.name,
  type: row.type,
  size: row.size,
  createdBy: row.createdBy ?? null,
  createdAt: row.createdAt.toISOString(),
})
