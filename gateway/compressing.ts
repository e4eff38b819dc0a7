import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { constants, createGzip } from 'node:zlib'
import type { Gzip } from 'node:zlib'

const WORTH_IT =
  /^(text\/(?!event-stream)|image\/svg\+xml|application\/(javascript|json|xml|manifest\+json|problem\+json))/
const LEAST_BYTES = 1024

/** A gzip stream for this answer, its headers changed to suit, or null when it goes out as it is. */
export function compressionFor(request: IncomingMessage, status: number, headers: OutgoingHttpHeaders): Gzip | null {
  if (!WORTH_IT.test(String(headers['content-type'] ?? '')) || headers['content-encoding']) return null
  const length = headers['content-length']
  if (length !== undefined && Number(length) < LEAST_BYTES) return null
  headers.vary = headers.vary ? `${headers.vary}, Accept-Encoding` : 'Accept-Encoding'
  if (request.method === 'HEAD' || status === 204 || status === 206 || status === 304) return null
  if (!/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(request.headers['accept-encoding'] ?? ''))) return null
  delete headers['content-length']
  delete headers['accept-ranges']
  headers['content-encoding'] = 'gzip'
  if (typeof headers.etag === 'string' && !headers.etag.startsWith('W/')) headers.etag = `W/${headers.etag}`
  return createGzip({ level: 5, flush: constants.Z_SYNC_FLUSH })
}

/** The other half: compressing makes an ETag weak, so core-api gets back the one that it gave. */
export function strengthenTags(headers: OutgoingHttpHeaders) {
  for (const name of ['if-none-match', 'if-match']) {
    const strong = /^W\/("[^"]*")$/.exec(String(headers[name] ?? ''))?.[1]
    if (strong) headers[name] = strong
  }
}
