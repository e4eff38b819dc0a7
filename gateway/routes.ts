import { posix } from 'node:path'

export type Upstream = 'api' | 'realtime' | 'web'

export interface Route {
  upstream: Upstream
  /** Bytes that a body may have. */
  limit: number
  immutable: boolean
}

const MEGABYTE = 1024 * 1024

/** Where a request goes; null = nowhere (404), undefined = it cannot be read (400). */
export function routeFor(url: string, method = 'GET'): Route | null | undefined {
  const path = plainPath(url)
  if (path === undefined) return undefined
  if (isUnder(path, '/internal')) return null
  if (isUnder(path, '/api')) {
    const upload = method === 'POST' && /^\/api\/tasks\/[^/]+\/attachments$/.test(path)
    return { upstream: 'api', limit: (upload ? 26 : 1) * MEGABYTE, immutable: false }
  }
  const upstream = isUnder(path, '/ws') ? 'realtime' : 'web'
  return { upstream, limit: MEGABYTE, immutable: path.startsWith('/_app/immutable/') }
}

// Decided on the decoded path with its dots resolved, so that no spelling of /internal slips through /api.
function plainPath(url: string): string | undefined {
  if (!url.startsWith('/') || url.includes('\\')) return undefined
  try {
    return posix.normalize(decodeURIComponent(url.split(/[?#]/, 1)[0]!))
  } catch {
    return undefined
  }
}

function isUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + '/')
}
