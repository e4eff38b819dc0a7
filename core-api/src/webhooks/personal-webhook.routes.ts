import { createRoute } from '@hono/zod-openapi'
import { PersonalWebhook } from '@taskflow/shared/dto/webhook.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, json, refused } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { findPersonalWebhook, removePersonalWebhook, setPersonalWebhook } from './personal-webhook.ts'
import { PersonalWebhookBody } from './webhooks.schemas.ts'

const tags = ['Me']
const path = '/api/me/webhook'

const routes = {
  get: createRoute({
    method: 'get',
    path,
    tags,
    summary: 'Where you are told beside the app',
    responses: { 200: json(PersonalWebhook.nullable(), 'Your webhook, or null where none is set up.') },
  }),
  set: createRoute({
    method: 'put',
    path,
    tags,
    summary: 'Be told in Slack, or by a webhook of your own',
    description: 'Of what your preferences choose for the channel `webhook`. The secret is told here and never again.',
    request: { body: body(PersonalWebhookBody) },
    responses: { 200: json(PersonalWebhook, 'Your webhook with its secret.'), 400: refused[400] },
  }),
  remove: createRoute({
    method: 'delete',
    path,
    tags,
    summary: 'Be told there no longer',
    responses: { 204: { description: 'Done.' } },
  }),
}

export function personalWebhookRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.get, async (c) => c.json(await read(deps, c.get('actor'), findPersonalWebhook), 200))
  router.openapi(routes.set, (c) => {
    const input = c.req.valid('json')
    return change(c, deps, (ctx) => setPersonalWebhook(ctx, input), { request: undefined }) as never
  })
  router.openapi(routes.remove, (c) => change(c, deps, removePersonalWebhook) as never)

  return router
}
