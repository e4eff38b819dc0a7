import { userStream } from '@taskflow/shared/names.ts'
import { getBoardFor } from '../boards/boards.access.ts'
import type { WriteCtx } from '../context.ts'
import { findMembership } from '../members/members.access.ts'
import { NotFound } from '../errors.ts'

interface Muted {
  workspaceId: string
  boardId: string | null
}

const MUTE = 'insert into mute (user_id, workspace_id, board_id) values ($1, $2, $3) on conflict do nothing'
const UNMUTE = 'delete from mute where user_id = $1 and workspace_id = $2 and board_id is not distinct from $3'

/** From a muted workspace or board one hears only what one has asked for: one's own reminders. */
export async function setWorkspaceMuted(ctx: WriteCtx, workspaceId: string, muted: boolean): Promise<void> {
  if (!(await findMembership(ctx, workspaceId))) {
    throw new NotFound('workspaces.not_found', 'There is no such workspace.')
  }
  setMuted(ctx, { workspaceId, boardId: null }, muted)
}

export async function setBoardMuted(ctx: WriteCtx, boardId: string, muted: boolean): Promise<void> {
  const { workspaceId } = await getBoardFor(ctx, boardId, 'board:read', 'archived')
  setMuted(ctx, { workspaceId, boardId }, muted)
}

function setMuted(ctx: WriteCtx, { workspaceId, boardId }: Muted, muted: boolean): void {
  ctx.tx.later(muted ? MUTE : UNMUTE, [ctx.actor.id, workspaceId, boardId])
  ctx.unchanged.add(userStream(ctx.actor.id))
}
