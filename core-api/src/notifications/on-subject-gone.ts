import { boardStream } from '@taskflow/shared/names.ts'
import type { Reaction } from '../streams/reactions.ts'
import { followTask, forget, retractComment } from './forgetting.ts'

/** What is gone for good is gone from every inbox. In the trash and the archive it can still be found. */
export const onTaskErased: Reaction<'task.deleted'> = async (ctx, { data, workspaceId }) => {
  if (data.reason === 'erased') await forget(ctx, { workspaceId: workspaceId!, taskId: data.id })
}

/** Nor is it read in a mail that waits. */
export const onCommentDeleted: Reaction<'comment.deleted'> = (ctx, { data, workspaceId }) =>
  retractComment(ctx, workspaceId!, data.taskId, data.id)

export const onBoardDeleted: Reaction<'board.deleted'> = async (ctx, { data, stream, workspaceId }) => {
  if (workspaceId && stream === boardStream(data.id)) await forget(ctx, { workspaceId, boardIds: [data.id] })
}

export const onWorkspaceDeleted: Reaction<'workspace.deleted'> = async (ctx, { data, workspaceId }) => {
  if (workspaceId) await forget(ctx, { workspaceId: data.id })
}

/** On another board it has another key, and other people see it. */
export const onTaskMovedAway: Reaction<'task.moved'> = async (ctx, { about }) => {
  const { task, before } = about!
  if (before && before.boardId !== task.boardId) await followTask(ctx, task)
}
