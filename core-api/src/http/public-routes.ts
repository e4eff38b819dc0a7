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
const ONE_CLICK = /^\/api\/unsubscribe\/[^/]+$/

/** Mail programs send a form here, in the name of somebody who is not signed in; its body says nothing. */
export const isOneClick = (path: string, method: string): boolean =>
  (method === 'GET' || method === 'POST') && ONE_CLICK.test(path)

export function isPublic(path: string, method = 'GET'): boolean {
  if (EXACT.has(path) || BELOW.some((prefix) => path.startsWith(prefix))) return true
  if (isOneClick(path, method)) return true
  return method === 'GET' && READABLE.some((pattern) => pattern.test(path))
}
