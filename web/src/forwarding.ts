import type { RequestEvent } from '@sveltejs/kit'

const PASSED_ON = ['cookie', 'user-agent', 'accept-language', 'x-forwarded-for', 'x-request-id', 'traceparent']

/** Calls core-api as the person who asked, and hands the cookies that it sets to their browser. */
export async function forwardToApi(event: RequestEvent, request: Request, apiUrl: string): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const headers = new Headers(request.headers)
  for (const name of PASSED_ON) {
    const value = event.request.headers.get(name)
    if (value) headers.set(name, value)
  }
  if (!headers.has('x-forwarded-for')) headers.set('x-forwarded-for', event.getClientAddress())
  headers.set('x-forwarded-proto', event.url.protocol.slice(0, -1))
  headers.set('x-forwarded-host', event.url.host)
  headers.set('origin', event.url.origin)
  // What is read on the spot is not worth compressing.
  headers.set('accept-encoding', 'identity')

  const body = request.method === 'GET' || request.method === 'HEAD' ? null : await request.arrayBuffer()
  const target = apiUrl + pathname + search
  const response = await fetch(target, { method: request.method, headers, body, redirect: 'manual' })
  for (const line of response.headers.getSetCookie()) passOnCookie(event, line)
  return response
}

function passOnCookie({ cookies }: RequestEvent, line: string) {
  const { name, value, ...options } = cookies.parse(line, { decode: (text) => text })
  cookies.set(name, value ?? '', {
    ...options,
    path: options.path ?? '/',
    httpOnly: options.httpOnly ?? false,
    secure: options.secure ?? false,
    encode: (text) => text,
  })
}
