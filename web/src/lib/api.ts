export type FieldErrors = Record<string, string>

type ApiErrorParts = {
  status: number
  code: string
  message: string
  fields?: FieldErrors
  requestId?: string
  retryAfterSeconds?: number
}

export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly fields: FieldErrors
  readonly requestId: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(parts: ApiErrorParts) {
    super(parts.message)
    this.name = 'ApiError'
    this.status = parts.status
    this.code = parts.code
    this.fields = parts.fields ?? {}
    this.requestId = parts.requestId
    this.retryAfterSeconds = parts.retryAfterSeconds
  }

  get isUnreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

type Options = { headers?: Record<string, string>; signal?: AbortSignal }

export type Api = ReturnType<typeof createApi>

export function createApi(fetch: typeof globalThis.fetch) {
  const call = <T>(method: string, path: string, body?: unknown, options?: Options) =>
    send<T>(fetch, method, path, body, options)
  return {
    get: <T>(path: string, options?: Options) => call<T>('GET', path, undefined, options),
    post: <T>(path: string, body: unknown = {}, options?: Options) => call<T>('POST', path, body, options),
    put: <T>(path: string, body: unknown = {}, options?: Options) => call<T>('PUT', path, body, options),
    patch: <T>(path: string, body: unknown = {}, options?: Options) => call<T>('PATCH', path, body, options),
    delete: <T>(path: string, options?: Options) => call<T>('DELETE', path, undefined, options),
  }
}

async function send<T>(fetch: typeof globalThis.fetch, method: string, path: string, body: unknown, options?: Options) {
  const headers = { accept: 'application/json', ...options?.headers } as Record<string, string>
  if (body !== undefined) headers['content-type'] = 'application/json'
  const init = { method, headers, body: JSON.stringify(body), signal: options?.signal ?? null }
  const response = await fetch(path, init).catch(unreachable)
  if (!response.ok) throw await toApiError(response)
  // A network that answers with a page of its own counts as no answer.
  return (response.status === 204 ? undefined : await response.json().catch(unreachable)) as T
}

function unreachable(cause: unknown): never {
  if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
  throw new ApiError({ status: 0, code: 'unreachable', message: 'The server does not answer' })
}

type Problem = {
  code?: string
  title?: string
  detail?: string
  message?: string
  requestId?: string
  errors?: { path: string | string[]; message: string }[]
}

export async function toApiError(response: Response): Promise<ApiError> {
  const problem = ((await response.json().catch(() => null)) ?? {}) as Problem
  const retryAfter = Number(response.headers.get('retry-after'))
  return new ApiError({
    status: response.status,
    code: (problem.code ?? `http.${response.status}`).toLowerCase(),
    message: problem.detail ?? problem.message ?? problem.title ?? response.statusText,
    fields: Object.fromEntries((problem.errors ?? []).map(({ path, message }) => [[path].flat().join('.'), message])),
    ...(problem.requestId && { requestId: problem.requestId }),
    ...(retryAfter > 0 && { retryAfterSeconds: retryAfter }),
  })
}
