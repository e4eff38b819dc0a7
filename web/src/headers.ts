const FALLBACK_CSP = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"

export function secure(response: Response, url: URL): Response {
  const { headers } = response
  const isPage = headers.get('content-type')?.startsWith('text/html')
  const csp = headers.get('content-security-policy')
  const socket = url.protocol.replace('http', 'ws') + '//' + url.host
  // Older browsers do not count a WebSocket to the same host as 'self'.
  if (csp) headers.set('content-security-policy', csp.replace("connect-src 'self'", `connect-src 'self' ${socket}`))
  else if (isPage) headers.set('content-security-policy', FALLBACK_CSP)
  if (isPage && !headers.has('cache-control')) headers.set('cache-control', 'private, no-cache')
  headers.set('x-content-type-options', 'nosniff')
  headers.set('x-frame-options', 'DENY')
  if (!headers.has('referrer-policy')) headers.set('referrer-policy', 'strict-origin-when-cross-origin')
  headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()')
  if (url.protocol === 'https:') headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
  return response
}
