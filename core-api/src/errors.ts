import type { ContentfulStatusCode } from 'hono/utils/http-status'

export type FieldError = { path: string; message: string }

type Extras = {
  errors?: FieldError[]
  /** Members beside the standard ones, such as the current text of a conflict. */
  members?: Record<string, unknown>
  headers?: Record<string, string>
  cause?: unknown
}

export class Problem extends Error {
  readonly status: ContentfulStatusCode
  readonly title: string
  readonly code: string
  readonly extras: Extras

  constructor(status: ContentfulStatusCode, title: string, code: string, detail: string, extras: Extras = {}) {
    super(detail, extras.cause === undefined ? undefined : { cause: extras.cause })
    this.status = status
    this.title = title
    this.code = code
    this.extras = extras
  }
}

export class BadRequest extends Problem {
  constructor(code: string, detail: string, extras?: Extras) {
    super(400, 'Bad request', code, detail, extras)
  }
}

export class Unauthorized extends Problem {
  constructor(code = 'identity.unauthenticated', detail = 'Sign in first.', extras?: Extras) {
    super(401, 'Not signed in', code, detail, { ...extras, headers: { 'WWW-Authenticate': 'Bearer' } })
  }
}

export class Forbidden extends Problem {
  constructor(code: string, detail: string, extras?: Extras) {
    super(403, 'Not allowed', code, detail, extras)
  }
}

export class NotFound extends Problem {
  constructor(code: string, detail: string, extras?: Extras) {
    super(404, 'Not found', code, detail, extras)
  }
}

export class Conflict extends Problem {
  constructor(code: string, detail: string, extras?: Extras) {
    super(409, 'Conflict', code, detail, extras)
  }
}

export class Gone extends Problem {
  constructor(code: string, detail: string, extras?: Extras) {
    super(410, 'Gone', code, detail, extras)
  }
}

export class Invalid extends Problem {
  constructor(errors: FieldError[], code = 'request.invalid', detail?: string) {
    super(400, 'Invalid request', code, detail ?? errors.map(sayField).join(' '), { errors })
  }
}

/** Of a single id in the address there is nothing; a list of ids stands in the body, which is then wrong there. */
export function unknownId(path: string, message: string, code: string): Problem {
  const errors = [{ path, message }]
  return path.endsWith('Ids') ? new Invalid(errors, code) : new NotFound(code, sayField(errors[0]!), { errors })
}

export class Unprocessable extends Problem {
  constructor(code: string, detail: string, extras?: Extras) {
    super(422, 'Cannot be done', code, detail, extras)
  }
}

export class TooMany extends Problem {
  constructor(code: string, detail: string, retryAfterSeconds: number) {
    super(429, 'Too many requests', code, detail, { headers: { 'Retry-After': String(retryAfterSeconds) } })
  }
}

export class Unavailable extends Problem {
  constructor(
    code = 'unavailable',
    detail = 'A part of the service cannot be reached. Try again soon.',
    extras: Extras = {},
  ) {
    super(503, 'Unavailable', code, detail, { ...extras, headers: { 'Retry-After': '2' } })
  }
}

function sayField({ path, message }: FieldError): string {
  return `${path || 'body'}: ${message}.`
}
