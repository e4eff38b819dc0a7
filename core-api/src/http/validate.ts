import { OpenAPIHono, z } from '@hono/zod-openapi'
import { type FieldError, Invalid, NotFound } from '../errors.ts'
import type { AppEnv } from './app-env.ts'

type Issue = z.core.$ZodRawIssue

const WORDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
}
const FORMATS: Record<string, string> = {
  email: 'an e-mail address',
  uuid: 'an id (UUID)',
  guid: 'an id (UUID)',
  url: 'a web address',
  datetime: 'a time in ISO 8601, like 2026-11-20T09:30:00.000Z',
  date: 'a date like 2026-11-20',
}

z.config({ customError: sayIssue })

/** A slice's routes: what they declare is checked before the handler runs, and every field at fault is named. */
export function createRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return
      // An id that cannot be one names nothing, like any other unknown id.
      if (result.target === 'param') throw new NotFound('request.not_found', 'There is no such thing.')
      throw new Invalid(toFieldErrors(result.error))
    },
  })
}

export function toFieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...issue.path, key].join('.'),
        message: 'is not a field of this request',
      }))
    }
    return [{ path: issue.path.join('.'), message: issue.message }]
  })
}

function sayIssue(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${WORDS[issue.expected] ?? issue.expected}`
    case 'too_small':
      return `must ${bound(issue.origin, 'at least', Number(issue.minimum))}`
    case 'too_big':
      return `must ${bound(issue.origin, 'at most', Number(issue.maximum))}`
    case 'invalid_format':
      return FORMATS[issue.format] ? `must be ${FORMATS[issue.format]}` : 'has the wrong format'
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`
    default:
      return undefined
  }
}

function bound(origin: string, limit: string, count: number): string {
  if (origin === 'string') return `have ${limit} ${count} character${count === 1 ? '' : 's'}`
  if (origin === 'array' || origin === 'set') return `have ${limit} ${count} item${count === 1 ? '' : 's'}`
  return `be ${limit} ${count}`
}
