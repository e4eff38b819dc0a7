import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CoreDeps } from '../core-deps.ts'
import { keyIn } from './file-store.ts'
import { incomingFolder } from './uploading.ts'

/** Longer than any upload takes. */
const LOOSE_AFTER = '1 hour'
const LOOSE_AFTER_MS = 3_600_000
const AT_ONCE = 200

/** Removes the content of attachments and pictures that are gone, and what uploads left behind that were cut off. */
export async function sweepFiles(deps: Pick<CoreDeps, 'config' | 'pool' | 'files' | 'log'>): Promise<number> {
  await sweepIncoming(incomingFolder(deps))
  const { rows } = await deps.pool.query<{ id: string; folder: string }>('select * from loose_files($1, $2)', [
    LOOSE_AFTER,
    AT_ONCE,
  ])
  const removed: string[] = []
  for (const { id, folder } of rows) {
    try {
      await deps.files.remove(keyIn(folder, id))
      removed.push(id)
    } catch (error) {
      deps.log.warn({ err: error, fileId: id }, 'a file could not be removed yet')
    }
  }
  if (removed.length > 0) await deps.pool.query('select forget_files($1)', [removed])
  return removed.length
}

async function sweepIncoming(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const path = join(folder, name)
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs
    if (age > LOOSE_AFTER_MS) await rm(path, { force: true })
  }
}
