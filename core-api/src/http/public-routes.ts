// Every route that answers without a session. All others are refused before their handler runs.
const EXACT = new Set([
  '/api/health',
  '/api/ready',
  '/api/openapi.json',
  '/api/docs',
  '/api/docs/reference.js',
  '/api/docs/reference.css',
])
const BELOW = ['/api/auth/']
const READABLE = [/^\/api\/invitations\/[^/]+$/]

export function isPublic(path: string, method = 'GET'): boolean {
  if (EXACT.has(path) || BELOW.some((prefix) => path.startsWith(prefix))) return true
  return method === 'GET' && READABLE.some((pattern) => pattern.test(path))
}
