import { createHash } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { NotFound, Unavailable } from '../errors.ts'
import type { FileStore } from './file-store.ts'
import { signRequest } from './s3-signing.ts'

const WITHIN_MS = 60_000
const NOTHING = createHash('sha256').digest('hex')

interface Call {
  method: 'GET' | 'PUT' | 'DELETE'
  key: string
  sha256?: string
  headers?: Record<string, string>
  body?: Blob
}

/** Any store that speaks S3: `https://KEY:SECRET@host/bucket/prefix?region=eu-central-1`, addressed by path. */
export function createS3Files(s3Url: string): FileStore {
  const { username, password, pathname, searchParams, origin } = new URL(s3Url)
  const base = origin + pathname.replace(/\/+$/, '')
  const credentials = {
    accessKey: decodeURIComponent(username),
    secretKey: decodeURIComponent(password),
    region: searchParams.get('region') ?? 'us-east-1',
  }

  async function call({ method, key, sha256 = NOTHING, headers = {}, body }: Call): Promise<Response> {
    const url = new URL(`${base}/${key}`)
    const signed = signRequest({ method, url, headers, sha256, at: new Date(), ...credentials })
    const waiting = new AbortController()
    const timer = setTimeout(() => waiting.abort(), WITHIN_MS)
    try {
      return await fetch(url, { method, headers: signed, body, redirect: 'error', signal: waiting.signal })
    } catch (cause) {
      throw unavailable(cause)
    } finally {
      clearTimeout(timer)
    }
  }

  async function done(answer: Response): Promise<void> {
    const text = await answer.text()
    if (!answer.ok && answer.status !== 404) throw unavailable(new Error(`S3 answered ${answer.status}: ${text}`))
  }

  return {
    async put(key, { path, sha256 }) {
      const answer = await call({ method: 'PUT', key, sha256, body: await openAsBlob(path) })
      if (answer.status === 404) throw unavailable(new Error('S3 knows no such bucket'))
      await done(answer)
    },

    async read(key, range) {
      const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end}` } : {}
      const answer = await call({ method: 'GET', key, headers })
      if (answer.ok && answer.body) return answer.body
      await done(answer)
      throw new NotFound('attachments.file_missing', 'The content of this file is lost.')
    },

    async remove(key) {
      await done(await call({ method: 'DELETE', key }))
    },
  }
}

const unavailable = (cause: unknown) =>
  new Unavailable('attachments.store_unavailable', 'The store of the files cannot be reached. Try again soon.', {
    cause,
  })
