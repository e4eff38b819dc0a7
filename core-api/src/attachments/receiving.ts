import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { BadRequest, Forbidden, Invalid, Problem, Unavailable } from '../errors.ts'
import { cleanName } from './file-name.ts'
import type { ReceivedFile } from './file-store.ts'
import { boundaryOf, readFormFile } from './multipart.ts'
import { HEAD_BYTES, typeOf } from './sniffing.ts'

export const FILE_LIMIT_BYTES = 25 * 1024 * 1024

export interface NamedFile extends ReceivedFile {
  name: string
  type: string
}

/** The file of a request, written down while it arrives: the one in a form, or the body with its name in a header. */
export async function receiveFile(request: Request, folder: string): Promise<NamedFile> {
  const content = request.body
  const contentType = request.headers.get('content-type') ?? ''
  const save = async (name: string, bytes: AsyncIterable<Uint8Array>): Promise<NamedFile> => ({
    ...(await receiveContent(bytes, folder, { bytes: FILE_LIMIT_BYTES, exceeded: tooLarge })),
    name: cleanName(name),
  })
  if (!content) throw noFile()
  if (!/^multipart\/form-data\b/i.test(contentType)) return save(nameIn(request.headers), content)
  refuseForgedForm(request.headers)
  return (await readFormFile(content, boundaryOf(contentType), save)) ?? noFile('file')
}

// Any page can make a browser send a form along with the session: this one must say where it comes from.
function refuseForgedForm(headers: Headers): void {
  if (['authorization', 'origin', 'sec-fetch-site'].some((name) => headers.has(name))) return
  throw new Forbidden('request.foreign_origin', 'A form must say which page it comes from.')
}

function nameIn(headers: Headers): string {
  const name = headers.get('x-file-name')
  if (!name)
    throw new Invalid([{ path: 'X-File-Name', message: 'is required, percent-encoded, unless a form is sent' }])
  try {
    return decodeURIComponent(name)
  } catch {
    throw new Invalid([{ path: 'X-File-Name', message: 'must be percent-encoded UTF-8' }])
  }
}

interface Limit {
  bytes: number
  exceeded: () => Problem
}

/** Writes content down while it arrives, and tells what it is. */
export async function receiveContent(content: AsyncIterable<Uint8Array>, folder: string, limit: Limit) {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  const file = await open(path, 'wx', 0o600)
  try {
    const written = await copy(content, file, limit)
    if (written.size === 0) throw new Invalid([{ path: 'file', message: 'is empty' }])
    await file.sync()
    return { path, ...written }
  } catch (error) {
    await rm(path, { force: true })
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? noSpace(error) : error
  } finally {
    await file.close()
  }
}

async function copy(content: AsyncIterable<Uint8Array>, file: FileHandle, limit: Limit) {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let size = 0
  for await (const chunk of content) {
    size += chunk.length
    if (size > limit.bytes) throw limit.exceeded()
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
    hash.update(chunk)
    await file.appendFile(chunk)
  }
  return { size, sha256: hash.digest('hex'), type: typeOf(head) }
}

export const tooLarge = () =>
  new Problem(413, 'Too large', 'attachments.too_large', `A file may have at most ${FILE_LIMIT_BYTES} bytes.`)

function noFile(path = 'body'): never {
  throw new BadRequest('attachments.no_file', 'Send a file.', { errors: [{ path, message: 'is required' }] })
}

const noSpace = (cause: unknown) =>
  new Unavailable('attachments.no_space', 'There is no room left for files on the server.', { cause })
