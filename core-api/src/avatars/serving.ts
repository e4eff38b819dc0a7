import type { Context } from 'hono'
import { keyIn } from '../attachments/file-store.ts'
import { INERT } from '../attachments/serving.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/app-env.ts'
import type { StoredAvatar } from './avatars.access.ts'

/** An address that names this very picture may be kept; one that names an older one is asked again. */
export async function serveAvatar(c: Context<AppEnv>, deps: Deps, avatar: StoredAvatar): Promise<Response> {
  const etag = `"${avatar.fileId}"`
  const isThis = c.req.query('v') === avatar.fileId
  const headers: Record<string, string> = {
    ...INERT,
    ETag: etag,
    'Cache-Control': isThis ? 'private, max-age=31536000, immutable' : 'private, no-cache',
  }
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
  headers['Content-Type'] = avatar.type
  headers['Content-Length'] = String(avatar.size)
  if (c.req.method === 'HEAD') return c.body(null, 200, headers)
  return c.body(await deps.files.read(keyIn(avatar.userId, avatar.fileId)), 200, headers)
}
