import { join } from 'node:path'
import type { Config } from '../config.ts'
import { createLocalFiles } from './local-files.ts'
import { createS3Files } from './s3-files.ts'

/** A file that has arrived whole and lies on this machine for the moment. */
export interface ReceivedFile {
  path: string
  size: number
  /** Hexadecimal. */
  sha256: string
}

export interface ByteRange {
  start: number
  /** The last byte, included. */
  end: number
}

/** Where the content of attachments and pictures lies. Keys are made by `keyIn`, never by people. */
export interface FileStore {
  /** May take the file away from where it lies. */
  put(key: string, file: ReceivedFile): Promise<void>
  read(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>>
  /** Done as well when there is no such file. */
  remove(key: string): Promise<void>
}

/** Each workspace has a folder, and each person one for their picture. */
export const keyIn = (folder: string, fileId: string) => `${folder}/${fileId}`

export const keyOf = ({ workspaceId, fileId }: { workspaceId: string; fileId: string }) => keyIn(workspaceId, fileId)

export const folderOf = ({ dataDir }: Pick<Config, 'dataDir'>) => join(dataDir, 'attachments')

export function createFileStore(config: Pick<Config, 'dataDir' | 's3Url'>): FileStore {
  return config.s3Url ? createS3Files(config.s3Url) : createLocalFiles(folderOf(config))
}
