import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import { Invalid, Problem, Unauthorized, Unavailable } from '../errors.ts'
import type { AppEnv } from '../http/app-env.ts'
import { authenticate } from '../http/authenticate.ts'
import { createRouter } from '../http/validate.ts'
import { limitAttempts } from './attempt-limits.ts'
import { LOCKED_FOR_SECONDS } from './auth.ts'
import { checkAuthInput, readFieldErrors } from './auth-input.ts'
import { describeAuthRoutes } from './auth.openapi.ts'
import { createCookieReader } from './authenticators.ts'
import { endSession } from './ending-sessions.ts'
import { issueToken, TOKEN_LIFE_SECONDS } from './tokens.ts'

const tags = ['Identity']
const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } })

const Providers = z.object({
  passkey: z.boolean(),
  providers: z.array(z.object({ id: z.string(), name: z.string() })),
})

export function authRoutes(deps: Deps) {
  const { config, auth, signingKey } = deps
  const router = createRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/providers',
        tags,
        summary: 'The ways to sign in here',
        security: [],
        responses: { 200: { description: 'What is switched on', content: json(Providers) } },
      }),
      (c) => {
        const providers = auth.offersOidc && config.oidc ? [{ id: 'oidc', name: config.oidc.name }] : []
        return c.json({ passkey: true, providers }, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/jwks',
        tags,
        summary: 'The public keys of all tokens',
        security: [],
        responses: {
          200: { description: 'A JSON Web Key Set', content: json(z.object({ keys: z.array(z.looseObject({})) })) },
        },
      }),
      (c) => {
        c.header('Cache-Control', 'public, max-age=300')
        return c.json({ keys: signingKey.jwks.keys as Record<string, unknown>[] }, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/token',
        tags,
        summary: 'A short token for the API and the socket, from the session cookie',
        responses: {
          200: { description: 'A JWT', content: json(z.object({ token: z.string(), expiresIn: z.number() })) },
        },
      }),
      async (c) => {
        const { response, headers } = await auth.current.api
          .getSession({ headers: c.req.raw.headers, returnHeaders: true })
          .catch((cause: unknown) => {
            // Its own words for a database that cannot be asked.
            throw new Unavailable(undefined, undefined, { cause })
          })
        if (!response) throw new Unauthorized()
        passCookies(c, headers)
        const { session, user } = response
        const token = issueToken(signingKey, config, { id: session.id, userId: user.id, name: user.name })
        return c.json({ token, expiresIn: TOKEN_LIFE_SECONDS }, 200)
      },
    )
  describeAuthRoutes(router.openAPIRegistry)
  router.all('/*', handOver(deps))
  return router
}

// Everything else is better-auth's, behind our limits and in our form of errors.
function handOver({ auth, authenticators, config, endSessions, pool, sessions, rateLimits }: Deps) {
  const cookieToken = createCookieReader(config)
  return async (c: Context<AppEnv>) => {
    const path = c.req.path.slice('/api/auth'.length)
    const body = c.get('bodyText') === undefined ? undefined : asRecord(await c.req.json())
    const token = cookieToken(c.req.header('cookie'))
    const session = token === undefined ? null : await sessions.findByToken(token)
    await limitAttempts(rateLimits, path, { address: c.get('address'), userId: session?.userId, body })
    checkAuthInput(path, body)
    if (path === '/sign-out' && c.req.header('authorization') !== undefined) {
      await endSession(pool, endSessions, await authenticate(c, authenticators))
    }
    const answer = await auth.current.handler(toRequest(c, config.publicUrl))
    if (answer.status >= 400) throw await toProblem(answer)
    passCookies(c, answer.headers)
    for (const name of ['content-type', 'location']) {
      const value = answer.headers.get(name)
      if (value) c.header(name, value)
    }
    return c.body(answer.body as ReadableStream, answer.status as 200)
  }
}

function toRequest(c: Context<AppEnv>, publicUrl: string): Request {
  const headers = new Headers(c.req.raw.headers)
  headers.set('x-taskflow-address', c.get('address'))
  const { pathname, search } = new URL(c.req.url)
  return new Request(`${publicUrl}${pathname}${search}`, {
    method: c.req.method,
    headers,
    body: c.get('bodyText') ?? null,
  })
}

async function toProblem(answer: Response): Promise<Problem> {
  const { message, code } = await answer.json().then(asRecord, () => ({}) as Record<string, unknown>)
  const detail = typeof message === 'string' ? message : 'The request was refused.'
  if (code === 'VALIDATION_ERROR') return new Invalid(readFieldErrors(detail))
  const name = typeof code === 'string' ? code.toLowerCase() : answer.status === 404 ? 'no_such_route' : 'refused'
  return new Problem(answer.status as 400, TITLES[answer.status] ?? 'Refused', `identity.${name}`, detail, {
    members: { message: detail },
    headers: answer.status === 429 ? { 'Retry-After': String(LOCKED_FOR_SECONDS) } : undefined,
  })
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  422: 'Cannot be done',
  429: 'Too many requests',
}

function passCookies(c: Context, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true })
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
