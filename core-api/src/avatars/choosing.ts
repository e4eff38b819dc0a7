import type { User } from '@taskflow/shared/dto/user.ts'
import { keyIn } from '../attachments/file-store.ts'
import type { WriteCtx } from '../context.ts'
import { editProfile, lockProfile } from '../me/editing-profile.ts'
import { findOwnAvatar, type StoredAvatar } from './avatars.access.ts'

const PUT = `
  insert into avatar (user_id, file_id, type, size) values ($1, $2, $3, $4)
  on conflict (user_id) do update set file_id = excluded.file_id, type = excluded.type, size = excluded.size`

/** Makes a stored picture the actor's; each has an address of its own, so that it may be kept for good. */
export async function chooseAvatar(ctx: WriteCtx, { fileId, type, size }: Omit<StoredAvatar, 'userId'>): Promise<User> {
  await lockProfile(ctx)
  await removeFileLater(ctx)
  ctx.tx.later(PUT, [ctx.actor.id, fileId, type, size])
  ctx.tx.later('delete from loose_file where id = $1', [fileId])
  return editProfile(ctx, { image: `/api/users/${ctx.actor.id}/avatar?v=${fileId}` })
}

export async function removeAvatar(ctx: WriteCtx): Promise<void> {
  await lockProfile(ctx)
  await removeFileLater(ctx)
  ctx.tx.later('delete from avatar where user_id = $1', [ctx.actor.id])
  await editProfile(ctx, { image: null })
}

/** The file that is there now goes once that is certain. */
async function removeFileLater(ctx: WriteCtx): Promise<void> {
  const avatar = await findOwnAvatar(ctx)
  if (!avatar) return
  const { files, log } = ctx.deps
  ctx.afterCommit.push(() => {
    files
      .remove(keyIn(avatar.userId, avatar.fileId))
      .catch((error: Error) => log.warn({ err: error }, 'a picture could not be removed yet'))
  })
}
