import { boardStream, workspaceStream } from '@taskflow/shared/names.ts'
import type { WriteCtx } from '../context.ts'
import type { Reaction } from '../streams/reactions.ts'
import { forget } from './forgetting.ts'
import { aboutBoard, aboutWorkspace } from './news.ts'

/** What they may not see any more is gone from their inbox, and they are told that it is. */
export const onBoardLost: Reaction<'access.revoked'> = async (ctx, { type, data, stream, workspaceId }) => {
  const { boardId, userIds } = data
  if (!workspaceId || userIds.length === 0) return
  if (boardId && stream === boardStream(boardId)) {
    await forget(ctx, { workspaceId, userIds, boardIds: [boardId] })
    if (losesMore(ctx, workspaceId)) return
    return [{ subject: aboutBoard(workspaceId, boardId), reason: 'access_lost', type, userIds }]
  }
  // The workspace's own stream is lost by whoever becomes a guest there.
  return [{ subject: aboutWorkspace(workspaceId), reason: 'access_lost', type, userIds }]
}

export const onWorkspaceLost: Reaction<'member.left'> = async (ctx, { type, data, workspaceId }) => {
  if (!workspaceId) return
  await forget(ctx, { workspaceId, userIds: [data.userId] })
  return [{ subject: aboutWorkspace(workspaceId), reason: 'access_lost', type, userIds: [data.userId] }]
}

/** Of everything that goes by one act, people are told once. */
const losesMore = ({ facts }: WriteCtx, workspaceId: string) =>
  facts.some(
    ({ type, stream }) =>
      stream === workspaceStream(workspaceId) && (type === 'member.left' || type === 'access.revoked'),
  )
