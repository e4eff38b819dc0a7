import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/app-env.ts'
import type { StoredAttachment } from './attachments.access.ts'
import { contentDisposition } from './file-name.ts'
import { type ByteRange, keyOf } from './file-store.ts'
import { isPainted } from './sniffing.ts'

/** Nothing that somebody uploaded may run in our origin, whatever a browser takes it for. */
export const INERT = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
}

/** Answers with a file, or the part of it that was asked for. */
export async function serveFile(c: Context<AppEnv>, deps: Deps, file: StoredAttachment): Promise<Response> {
  const etag = `"${file.fileId}"`
  const headers: Record<string, string> = { ...INERT, ETag: etag, 'Cache-Control': 'private, no-cache' }
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
  headers['Accept-Ranges'] = 'bytes'
  const range = rangeOf(c, etag, file.size)
  if (range === 'none') return c.body(null, 416, { ...headers, 'Content-Range': `bytes */${file.size}` })
  headers['Content-Type'] = file.type
  headers['Content-Disposition'] = contentDisposition(isPainted(file.type) ? 'inline' : 'attachment', file.name)
  headers['Content-Length'] = String(range ? range.end - range.start + 1 : file.size)
  if (range) headers['Content-Range'] = `bytes ${range.start}-${range.end}/${file.size}`
  const status = range ? 206 : 200
  if (c.req.method === 'HEAD') return c.body(null, status, headers)
  return c.body(await deps.files.read(keyOf(file), range), status, headers)
}

/** One range of bytes (RFC 9110, 14.1.2); what is not understood is answered with the whole file. */
function rangeOf(c: Context<AppEnv>, etag: string, size: number): ByteRange | 'none' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(c.req.header('range') ?? '') ?? []
  const condition = c.req.header('if-range')
  if ((from === '' && to === '') || (condition !== undefined && condition !== etag)) return undefined
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined
  return start > end ? 'none' : { start, end }
}
