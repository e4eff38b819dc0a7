export interface DemoPerson {
  id: string
  email: string
  call<T>(method: string, path: string, body?: unknown): Promise<T>
}

/** Signs somebody up over HTTP, as a browser would, and calls the API in their name. */
export async function signUp(
  url: string,
  origin: string,
  name: string,
  email: string,
  password: string,
): Promise<DemoPerson> {
  const headers = { 'content-type': 'application/json', origin }
  const answer = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name, email, password }),
  })
  if (!answer.ok) throw new Error(`${name} could not be signed up: ${await answer.text()}`)
  const { user } = (await answer.json()) as { user: { id: string } }
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return {
    id: user.id,
    email,
    async call<T>(method: string, path: string, body?: unknown): Promise<T> {
      const sent = {
        method,
        headers: { ...headers, cookie },
        body: body === undefined ? undefined : JSON.stringify(body),
      }
      const answer = await fetch(url + path, sent)
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
      return (text === '' ? undefined : JSON.parse(text)) as T
    },
  }
}
