import { newId } from '@taskflow/shared/ids.ts'

export const PASSWORD = 'a long enough sentence'

export type Person = Awaited<ReturnType<typeof createPerson>>
type Sent = Omit<RequestInit, 'body'> & { body?: unknown }

/** Somebody who has signed up, with what their browser and their scripts would hold. */
export async function createPerson(url: string, name: string, email = `${name.toLowerCase()}.${newId()}@example.org`) {
  const signedUp = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, email, password: PASSWORD }),
  })
  if (!signedUp.ok) throw new Error(`${name} could not sign up: ${await signedUp.text()}`)
  const { user } = (await signedUp.json()) as { user: { id: string } }
  return holding(url, { userId: user.id, name, email }, cookieOf(signedUp))
}

/** The same person in another browser. */
export async function signInElsewhere(url: string, { userId, name, email }: Person): Promise<Person> {
  const signedIn = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  })
  if (!signedIn.ok) throw new Error(`${name} could not sign in: ${await signedIn.text()}`)
  return holding(url, { userId, name, email }, cookieOf(signedIn))
}

async function holding(url: string, who: { userId: string; name: string; email: string }, cookie: string) {
  const token = await tokenFor(url, cookie)
  return {
    ...who,
    cookie,
    token,
    /** Calls the API as this person; an object as body is sent as JSON. */
    fetch: (path: string, init: Sent = {}) => call(url + path, { authorization: `Bearer ${token}` }, init),
    /** The same by the session cookie, as a browser does. */
    browse: (path: string, init: Sent = {}) => call(url + path, { cookie }, init),
  }
}

export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.slice(0, line.indexOf(';')))
    .join('; ')
}

export async function tokenFor(url: string, cookie: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/token`, { headers: { cookie } })
  return ((await response.json()) as { token: string }).token
}

function call(
  address: string,
  credentials: Record<string, string>,
  { body, headers, ...init }: Sent,
): Promise<Response> {
  const sent = new Headers({ ...credentials })
  new Headers(headers).forEach((value, name) => sent.set(name, value))
  if (body === undefined) return fetch(address, { ...init, headers: sent })
  if (!sent.has('content-type')) sent.set('content-type', 'application/json')
  return fetch(address, { ...init, headers: sent, body: typeof body === 'string' ? body : JSON.stringify(body) })
}
