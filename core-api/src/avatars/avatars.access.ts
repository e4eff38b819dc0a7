import type { Ctx } from '../context.ts'
import { NotFound } from '../errors.ts'

export interface StoredAvatar {
  userId: string
  fileId: string
  type: string
  size: number
}

const AVATAR = 'select user_id as "userId", file_id as "fileId", type, size from avatar where user_id = $1'

/** Oneself, whoever shares a workspace as more than a guest, and whoever sees one of the same boards. */
const SEEN = `${AVATAR} and (
  $1 = $2
  or exists (
    select from workspace_member mine join workspace_member theirs using (workspace_id)
    where mine.user_id = $2 and theirs.user_id = $1 and mine.role <> 'guest')
  or exists (
    select from board_member mine join board b on b.id = mine.board_id
    join workspace_member theirs on theirs.workspace_id = b.workspace_id and theirs.user_id = $1
    where mine.user_id = $2 and (
      (b.visibility = 'workspace' and theirs.role <> 'guest')
      or exists (select from board_member bm where bm.board_id = b.id and bm.user_id = $1))))`

export async function getAvatarFor(ctx: Ctx, userId: string): Promise<StoredAvatar> {
  const [avatar] = await ctx.tx.sql<StoredAvatar & Record<string, unknown>>(SEEN, [userId, ctx.actor.id])
  if (!avatar) throw new NotFound('avatars.not_found', 'There is no such picture.')
  return avatar
}

export async function findOwnAvatar(ctx: Ctx): Promise<StoredAvatar | null> {
  const [avatar] = await ctx.tx.sql<StoredAvatar & Record<string, unknown>>(AVATAR, [ctx.actor.id])
  return avatar ?? null
}
