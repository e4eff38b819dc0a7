import type { Problem } from '../dto/problem.ts'
import type { Edges } from './edges.ts'

export class HttpFailure extends Error {
  /** 0: nothing came back that the API could have sent. */
  readonly status: number

  constructor(status: number) {
    super(status ? `The API answered ${status}` : 'The API did not answer')
    this.status = status
  }
}

type Net = Pick<Edges, 'fetch' | 'clock'>

const LIMIT_MS = 30_000

/** An answer of the API itself. A network that answers with a page of its own counts as no answer. */
export async function ask(
  net: Net,
  path: string,
  init: RequestInit,
  limitMs = LIMIT_MS,
  abort = new AbortController(),
) {
  const callOff = net.clock.after(limitMs, () => abort.abort())
  try {
    const response = await net.fetch(path, { ...init, signal: abort.signal })
    const text = await response.text()
    if (response.headers.get('content-type')?.startsWith('text/html')) throw new HttpFailure(0)
    return { status: response.status, headers: response.headers, body: parse(text) }
  } catch {
    throw new HttpFailure(0)
  } finally {
    callOff()
  }
}

export async function get<T>(net: Net, path: string, limitMs?: number, abort?: AbortController): Promise<T> {
  const { status, body } = await ask(net, path, { headers: { accept: 'application/json' } }, limitMs, abort)
  if (status < 200 || status > 299 || body === undefined) throw new HttpFailure(status)
  return body as T
}

export const toProblem = (status: number, body: unknown): Problem => ({
  type: 'about:blank',
  title: 'Refused',
  code: `http.${status}`,
  detail: '',
  ...(typeof body === 'object' ? body : null),
  status,
})

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
