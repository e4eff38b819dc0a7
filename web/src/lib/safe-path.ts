const HERE = 'http://here.invalid'

/** Only a path on this site may be returned to: `//host` and `/\host` lead elsewhere. */
export function safePath(next: string | null | undefined): string {
  if (!next?.startsWith('/') || URL.parse(next, HERE)?.origin !== HERE) return '/'
  return next
}

export function withNext(path: string, next: string): string {
  return next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`
}
