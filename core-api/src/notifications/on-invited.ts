import { boardStream } from '@taskflow/shared/names.ts'
import type { Reaction } from '../streams/reactions.ts'
import { aboutBoard } from './news.ts'

/** Somebody of the workspace is let in to a board that they did not see. */
export const onInvited: Reaction<'access.granted'> = (_ctx, { type, data, stream, workspaceId }) => {
  const { boardId, member } = data
  if (!boardId || !member || !workspaceId || stream !== boardStream(boardId)) return
  return [{ subject: aboutBoard(workspaceId, boardId), reason: 'invited', type, userIds: [member.id] }]
}
