import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { json, problem } from '../http/answers.ts'

type Registry = OpenAPIHono['openAPIRegistry']
type Described = {
  method: 'get' | 'post'
  path: string
  summary: string
  body?: z.ZodType
  answer?: z.ZodType
  open?: true
}

const email = z.email()
const password = z.string().min(8).max(128)

const ROUTES: Described[] = [
  {
    method: 'post',
    path: '/sign-up/email',
    summary: 'Sign up',
    body: z.object({ name: z.string(), email, password }),
    open: true,
  },
  {
    method: 'post',
    path: '/sign-in/email',
    summary: 'Sign in',
    body: z.object({ email, password: z.string(), rememberMe: z.boolean().optional() }),
    open: true,
  },
  {
    method: 'post',
    path: '/sign-in/social',
    summary: 'Begin single sign-on',
    body: z.object({ provider: z.literal('oidc'), callbackURL: z.string() }),
    open: true,
  },
  { method: 'post', path: '/sign-out', summary: 'Sign out here' },
  {
    method: 'get',
    path: '/get-session',
    summary: 'The session and its user, or null',
    answer: z.looseObject({}).nullable(),
  },
  {
    method: 'get',
    path: '/list-sessions',
    summary: 'Where this account is signed in',
    answer: z.array(z.looseObject({})),
  },
  { method: 'post', path: '/revoke-session', summary: 'End one session', body: z.object({ token: z.string() }) },
  { method: 'post', path: '/revoke-other-sessions', summary: 'End all sessions but this one' },
  { method: 'post', path: '/revoke-sessions', summary: 'Sign out everywhere' },
  {
    method: 'post',
    path: '/change-password',
    summary: 'Change the password',
    body: z.object({ currentPassword: z.string(), newPassword: password, revokeOtherSessions: z.boolean().optional() }),
  },
  {
    method: 'post',
    path: '/request-password-reset',
    summary: 'Ask for a reset mail',
    body: z.object({ email }),
    open: true,
  },
  {
    method: 'post',
    path: '/reset-password',
    summary: 'Set a new password with the token of the mail',
    body: z.object({ token: z.string(), newPassword: password }),
    open: true,
  },
  {
    method: 'post',
    path: '/send-verification-email',
    summary: 'Send the confirmation mail again',
    body: z.object({ email, callbackURL: z.string().optional() }),
  },
  {
    method: 'post',
    path: '/two-factor/enable',
    summary: 'Begin two-factor sign-in',
    body: z.object({ password: z.string() }),
  },
  {
    method: 'post',
    path: '/two-factor/verify-totp',
    summary: 'Give the six digits',
    body: z.object({ code: z.string(), trustDevice: z.boolean().optional() }),
    open: true,
  },
  {
    method: 'post',
    path: '/two-factor/disable',
    summary: 'End two-factor sign-in',
    body: z.object({ password: z.string() }),
  },
]

const REFUSED = {
  400: problem('A field is wrong, or what was sent does not hold: the detail says which.'),
  401: problem('Not signed in, or the password or code is wrong.'),
  403: problem('It comes from another site, or may not be done.'),
  429: problem('Too many tries. `Retry-After` says when to go on.'),
}

export function describeAuthRoutes(registry: Registry): void {
  for (const { method, path, summary, body, answer = z.looseObject({}), open } of ROUTES) {
    registry.registerPath({
      method,
      path,
      summary,
      tags: ['Identity'],
      ...(open ? { security: [] } : {}),
      ...(body ? { request: { body: { required: true, content: { 'application/json': { schema: body } } } } } : {}),
      responses: { 200: json(answer, 'Done'), ...(method === 'post' && REFUSED) },
    })
  }
}
