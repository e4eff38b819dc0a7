import { createRoute, z } from '@hono/zod-openapi'
import { User } from '@taskflow/shared/dto/user.ts'
import { Me } from '@taskflow/shared/dto/workspace.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, json, refused } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { editProfile } from './editing-profile.ts'
import { getMe } from './me.queries.ts'

const tags = ['Me']

const isTimeZone = (name: string) => {
  try {
    return Boolean(Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

const EditProfileBody = z
  .strictObject({
    name: z.string().trim().min(1).max(100).optional(),
    timeZone: z.string().max(64).refine(isTimeZone, 'must be a time zone like Europe/Lisbon').nullish(),
    locale: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language like en or de-AT')
      .max(35)
      .nullish(),
  })
  .openapi('EditProfile', { example: { name: 'Ada Lovelace', timeZone: 'Europe/London' } })

const routes = {
  get: createRoute({
    method: 'get',
    path: '/api/me',
    tags,
    summary: 'Who you are, your workspaces, and the streams to listen to',
    responses: { 200: json(Me, 'You.') },
  }),
  edit: createRoute({
    method: 'patch',
    path: '/api/me',
    tags,
    summary: 'Change your name, time zone or language',
    request: { body: body(EditProfileBody) },
    responses: { 200: json(User, 'You.'), ...refused },
  }),
}

export function meRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.get, async (c) => c.json(await read(deps, c.get('actor'), getMe), 200))

  router.openapi(routes.edit, (c) => {
    const edit = c.req.valid('json')
    return change(c, deps, (ctx) => editProfile(ctx, edit)) as never
  })

  return router
}
