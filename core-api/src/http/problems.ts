import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { BadRequest, Conflict, Invalid, NotFound, Problem, Unavailable } from '../errors.ts'
import type { Log } from '../log.ts'
import type { AppEnv } from './app-env.ts'
import { toFieldErrors } from './validate.ts'
import { z } from '@hono/zod-openapi'

const NOT_STORABLE = new Set(['22P05', '22021', '22P02', '22003', '22007', '22008', '22001'])
const UNIQUE = '23505'
const TIMED_OUT = new Set(['57014', '25P03', '55P03'])
const TRY_AGAIN = new Set(['40001', '40P01', '23503'])
const UNREACHABLE = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_|57P0[1-5]|08|53|3D000|28)/
const UNREACHABLE_TEXT =
  /Connection terminated|connection error|Query read timeout|timeout exceeded when trying to connect|client is (closed|offline)|Socket closed/i

export function answerError(log: Log) {
  return (error: Error, c: Context<AppEnv>): Response => {
    const problem = toProblem(error)
    const requestId = c.get('requestId')
    if (problem.status === 500)
      log.error({ err: error, requestId, method: c.req.method, path: c.req.path }, 'unexpected')
    else if (problem.status === 503) log.warn({ err: problem.cause ?? error, requestId }, 'unavailable')
    return answerProblem(problem, c)
  }
}

function answerProblem(problem: Problem, c: Context<AppEnv>): Response {
  const { errors, members, headers } = problem.extras
  const body = {
    type: `urn:taskflow:problem:${problem.code}`,
    title: problem.title,
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    errors,
    ...members,
    requestId: c.get('requestId'),
  }
  return c.body(JSON.stringify(body), problem.status, { 'Content-Type': 'application/problem+json', ...headers })
}

export function noSuchRoute(c: Context<AppEnv>): Response {
  return answerProblem(new NotFound('request.no_such_route', `There is no ${c.req.method} ${c.req.path}.`), c)
}

export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof HTTPException) return fromHttpException(error)
  if (error instanceof z.ZodError) return new Invalid(toFieldErrors(error))
  return fromStore(error) ?? new Problem(500, 'Unexpected error', 'unexpected', 'Something went wrong on our side.')
}

function fromHttpException(error: HTTPException): Problem {
  if (error.status === 415)
    return new Problem(
      415,
      'Unsupported media type',
      'request.not_json',
      'Send JSON with Content-Type: application/json.',
    )
  return new Problem(error.status as 400, 'Bad request', 'request.refused', error.message || 'The request was refused.')
}

/** By an id that the caller chose; of other things that there may be but one, those who write them say which. */
function taken({ constraint }: { constraint?: string }): Problem {
  if (!constraint?.endsWith('_pkey'))
    return new Conflict('request.already_exists', 'This id or name is in use already.')
  const errors = [{ path: 'id', message: 'is in use already' }]
  return new Conflict('request.already_exists', 'This id is in use already.', { errors })
}

function fromStore(error: unknown): Problem | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    const code = (at as { code?: unknown }).code
    const known = typeof code === 'string' ? code : ''
    if (known === UNIQUE) return taken(at as { constraint?: string })
    if (NOT_STORABLE.has(known))
      return new BadRequest('request.not_storable', 'A value in the request cannot be stored.')
    if (TRY_AGAIN.has(known))
      return new Conflict('request.collided', 'Somebody changed the same at the same moment. Try again.')
    if (TIMED_OUT.has(known) || UNREACHABLE.test(known) || UNREACHABLE_TEXT.test(at.message))
      return new Unavailable(undefined, undefined, { cause: error })
  }
  if (error instanceof AggregateError) return error.errors.map(fromStore).find(Boolean)
  return undefined
}
