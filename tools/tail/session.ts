import type { Fetch } from '@taskflow/shared/sync/edges.ts'

export interface Credentials {
  token?: string | undefined
  email?: string | undefined
  password?: string | undefined
}

/** Calls to one installation, as the person whose token or password it was given. */
export async function openSession(origin: string, { token, email, password }: Credentials): Promise<Fetch> {
  if (token) return withToken(origin, token)
  if (!email || !password) throw new Error('Set TASKFLOW_TOKEN, or TASKFLOW_EMAIL and TASKFLOW_PASSWORD.')
  const cookie = await signIn(origin, email, password)
  return (path, init) => fetch(origin + path, { ...init, headers: { ...headersOf(init), cookie } })
}

async function signIn(origin: string, email: string, password: string): Promise<string> {
  const response = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  if (!response.ok || cookies.length === 0) throw new Error(`${origin} did not let ${email} in (${response.status}).`)
  return cookies.join('; ')
}

/** A short token opens the socket as well; an API key does not: then the board is followed over HTTP. */
function withToken(origin: string, token: string): Fetch {
  const isShortToken = token.split('.').length === 3
  return async (path, init) => {
    if (path === '/api/auth/token') return isShortToken ? Response.json({ token }) : new Response(null, { status: 503 })
    return fetch(origin + path, { ...init, headers: { ...headersOf(init), authorization: `Bearer ${token}` } })
  }
}

const headersOf = (init?: RequestInit) => (init?.headers ?? {}) as Record<string, string>
