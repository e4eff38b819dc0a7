import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { NotFound } from '../errors.ts'
import type { ByteRange, FileStore } from './file-store.ts'

/** Files in a folder that only this user can read; a file is there whole or not at all. */
export function createLocalFiles(folder: string): FileStore {
  return {
    async put(key, { path }) {
      const target = join(folder, key)
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await rename(path, target)
      await syncFolder(dirname(target))
    },

    async read(key, range?: ByteRange) {
      const file = await open(join(folder, key)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw new NotFound('attachments.file_missing', 'The content of this file is lost.')
        throw error
      })
      return Readable.toWeb(file.createReadStream(range)) as ReadableStream<Uint8Array>
    },

    async remove(key) {
      await rm(join(folder, key), { force: true })
    },
  }
}

/** A rename lasts through a power cut only when its folder is on the disk as well. */
async function syncFolder(folder: string) {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
