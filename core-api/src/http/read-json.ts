import type { Context } from 'hono'
import { BadRequest, type FieldError, Invalid, Problem } from '../errors.ts'
import type { AppEnv } from './app-env.ts'

export const BODY_LIMIT_BYTES = 1024 * 1024
const BODY_WITHIN_MS = 30_000
const DEPTH_LIMIT = 32
const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i

const decoder = new TextDecoder('utf-8', { fatal: true })

// The one place where a body becomes values: bounded, well-formed, without text that no database takes.
export async function readJson(c: Context<AppEnv>, withinMs = BODY_WITHIN_MS): Promise<void> {
  const contentType = c.req.header('content-type')
  const length = c.req.header('content-length')
  const empty = length === '0' || (length === undefined && c.req.header('transfer-encoding') === undefined)
  if (contentType === undefined ? !empty : !JSON_TYPE.test(contentType)) throw unsupported()
  if (empty) return
  if (Number(length) > BODY_LIMIT_BYTES) throw tooLarge()
  const arriving: Promise<ArrayBuffer | Uint8Array> =
    length === undefined ? readBounded(c.req.raw) : c.req.raw.arrayBuffer()
  const text = decode(await inTime(arriving, withinMs))
  const value = parse(text)
  refuseUnsafe(value)
  c.set('bodyText', text)
  c.req.bodyCache.text = Promise.resolve(text) as never
  c.req.json = () => Promise.resolve(value as never)
}

export function refuseUnsafe(value: unknown): void {
  const errors: FieldError[] = []
  walk(value, '', 0, errors)
  if (errors.length > 0) throw new Invalid(errors, 'request.invalid_text')
}

async function readBounded(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > BODY_LIMIT_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function inTime<T>(arriving: Promise<T>, withinMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(tooSlow()), withinMs)
    arriving.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function decode(bytes: ArrayBuffer | Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw malformed('The body is not valid UTF-8.')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw malformed('The body is not valid JSON.')
  }
}

function walk(value: unknown, path: string, depth: number, errors: FieldError[]): void {
  if (typeof value === 'string') {
    const fault = faultOf(value)
    if (fault) errors.push({ path, message: fault })
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (depth === DEPTH_LIMIT)
    throw new BadRequest('request.too_deep', `The body is nested deeper than ${DEPTH_LIMIT} levels.`)
  for (const key in value) {
    const inner = path === '' ? key : `${path}.${key}`
    if (faultOf(key))
      errors.push({ path: path || 'body', message: 'has a field name with characters that cannot be stored' })
    walk((value as Record<string, unknown>)[key], inner, depth + 1, errors)
  }
}

function faultOf(text: string): string | undefined {
  if (text.includes('\0')) return 'must not contain NUL characters'
  if (!text.isWellFormed()) return 'must be well-formed text (it has half a surrogate pair)'
  return undefined
}

const unsupported = () =>
  new Problem(415, 'Unsupported media type', 'request.not_json', 'Send JSON with Content-Type: application/json.')
const malformed = (detail: string) => new BadRequest('request.malformed', detail)
const tooSlow = () =>
  new Problem(408, 'Too slow', 'request.too_slow', 'The body did not arrive in time.', {
    headers: { Connection: 'close' },
  })
const tooLarge = () =>
  new Problem(413, 'Too large', 'request.too_large', `A body may have at most ${BODY_LIMIT_BYTES} bytes.`)
