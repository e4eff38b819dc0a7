import { newId } from '@taskflow/shared/ids.ts'
import { write } from '../context.ts'
import type { Deps } from '../deps.ts'
import type { Actor } from '../http/authenticate.ts'
import { keyIn, type ReceivedFile } from './file-store.ts'

type Owner = { workspaceId: string; userId?: undefined } | { userId: string; workspaceId?: undefined }

/** Noted before it is stored: whatever happens from here on, a row comes to name the file or it is swept away. */
export async function storeLooseFile(deps: Deps, actor: Actor, file: ReceivedFile, owner: Owner): Promise<string> {
  const { workspaceId, userId } = owner
  const fileId = newId()
  await write(deps, { actor }, async (ctx) => {
    const values = [fileId, workspaceId ?? null, userId ?? null]
    ctx.tx.later('insert into loose_file (id, workspace_id, user_id) values ($1, $2, $3)', values)
    return { status: 204 }
  })
  await deps.files.put(keyIn(workspaceId ?? userId, fileId), file)
  return fileId
}
