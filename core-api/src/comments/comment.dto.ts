import type { Comment } from '@taskflow/shared/dto/task.ts'

export interface CommentRow extends Omit<Comment, 'createdAt' | 'editedAt' | 'authorId'> {
  authorId?: string | null
  createdAt: Date
  editedAt?: Date | null
}

export const toCommentDto = (row: CommentRow): Comment => ({
  id: row.id,
  taskId: row.taskId,
  authorId: row.authorId ?? null,
  body: row.body,
  mentionIds: row.mentionIds,
  reactions: row.reactions,
  createdAt: row.createdAt.toISOString(),
  editedAt: row.editedAt?.toISOString() ?? null,
})
