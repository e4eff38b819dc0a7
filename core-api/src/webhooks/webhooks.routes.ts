import { createRoute, z } from '@hono/zod-openapi'
import { pageOf } from '@taskflow/shared/dto/page.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { Webhook, WebhookDelivery, WebhookDeliveryDetail, WebhookWithSecret } from '@taskflow/shared/dto/webhook.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, idOf, idParam, json, notFound, problem, refused } from '../http/answers.ts'
import { cursorOf, pageQuery } from '../http/paging.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { createWebhook, editWebhook, removeWebhook, rotateSecret } from './managing.ts'
import { replayDelivery, testWebhook } from './replaying.ts'
import { toWebhookDto } from './webhook.entity.ts'
import { getWebhookFor } from './webhooks.access.ts'
import { getWebhookDelivery, listWebhookDeliveries, listWebhooks } from './webhooks.queries.ts'
import { EditWebhookBody, NewWebhookBody } from './webhooks.schemas.ts'

const tags = ['Webhooks']
const deliveryParam = idParam.extend({ deliveryId: Id })
const answers = { 200: json(Webhook, 'The webhook.'), ...refused }
const left = json(z.object({ id: Id }), 'The message; the log says what becomes of it.')

const routes = {
  list: createRoute({
    method: 'get',
    path: '/api/workspaces/{id}/webhooks',
    tags,
    summary: 'The webhooks of a workspace',
    request: { params: idParam },
    responses: { 200: json(z.object({ items: z.array(Webhook) }), 'The webhooks.'), ...refused },
  }),
  create: createRoute({
    method: 'post',
    path: '/api/workspaces/{id}/webhooks',
    tags,
    summary: 'Be told of what happens on boards that all members see',
    description:
      'Signed as Standard Webhooks describes. `secret` is told here and never again; a repeat with the same `id` does ' +
      'not tell it, and an Idempotency-Key is not kept, so that no secret is. What is not answered with 2xx is tried ' +
      'again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h.',
    request: { params: idParam, body: body(NewWebhookBody) },
    responses: { 201: json(WebhookWithSecret, 'The webhook with its secret.'), ...refused },
  }),
  get: createRoute({
    method: 'get',
    path: '/api/webhooks/{id}',
    tags,
    summary: 'A webhook',
    request: { params: idParam },
    responses: answers,
  }),
  edit: createRoute({
    method: 'patch',
    path: '/api/webhooks/{id}',
    tags,
    summary: 'Change a webhook, or switch it on or off',
    request: { params: idParam, body: body(EditWebhookBody) },
    responses: answers,
  }),
  remove: createRoute({
    method: 'delete',
    path: '/api/webhooks/{id}',
    tags,
    summary: 'Remove a webhook',
    request: { params: idParam },
    responses: { 204: { description: 'Done.' }, ...refused },
  }),
  rotate: createRoute({
    method: 'post',
    path: '/api/webhooks/{id}/rotate',
    tags,
    summary: 'Replace the secret; for a day both sign',
    request: { params: idParam },
    responses: { 200: json(WebhookWithSecret, 'The webhook with its new secret.'), ...refused },
  }),
  test: createRoute({
    method: 'post',
    path: '/api/webhooks/{id}/test',
    tags,
    summary: 'Send a test message',
    request: { params: idParam },
    responses: { 202: left, ...refused },
  }),
  log: createRoute({
    method: 'get',
    path: '/api/webhooks/{id}/deliveries',
    tags,
    summary: 'What was sent, and how it was answered',
    request: { params: idParam, query: pageQuery(cursorOf(z.tuple([z.iso.datetime(), z.uuid()]))) },
    responses: { 200: json(pageOf(WebhookDelivery), 'A page, the newest first.'), ...refused },
  }),
  entry: createRoute({
    method: 'get',
    path: '/api/webhooks/{id}/deliveries/{deliveryId}',
    tags,
    summary: 'One message with all that it said',
    request: { params: deliveryParam },
    responses: { 200: json(WebhookDeliveryDetail, 'The message.'), ...notFound, 403: refused[403] },
  }),
  replay: createRoute({
    method: 'post',
    path: '/api/webhooks/{id}/deliveries/{deliveryId}/replay',
    tags,
    summary: 'Send a message once more, by the same id',
    request: { params: deliveryParam },
    responses: { 202: left, ...refused, 409: problem('It is waiting to be sent, or is just being sent.') },
  }),
}

/** The answer holds a secret: it is not kept for a repeat. */
const NOT_KEPT = { request: undefined }

export function webhooksRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.list, async (c) =>
    c.json(await read(deps, c.get('actor'), (ctx) => listWebhooks(ctx, idOf(c))), 200),
  )
  router.openapi(routes.create, (c) => {
    const input = c.req.valid('json')
    return change(c, deps, (ctx) => createWebhook(ctx, idOf(c), input), { status: 201, ...NOT_KEPT }) as never
  })
  router.openapi(routes.get, async (c) =>
    c.json(await read(deps, c.get('actor'), async (ctx) => toWebhookDto(await getWebhookFor(ctx, idOf(c)))), 200),
  )
  router.openapi(routes.edit, (c) => {
    const edit = c.req.valid('json')
    return change(c, deps, (ctx) => editWebhook(ctx, idOf(c), edit)) as never
  })
  router.openapi(routes.remove, (c) => change(c, deps, (ctx) => removeWebhook(ctx, idOf(c))) as never)
  router.openapi(routes.rotate, (c) => change(c, deps, (ctx) => rotateSecret(ctx, idOf(c)), NOT_KEPT) as never)
  router.openapi(routes.test, (c) => change(c, deps, (ctx) => testWebhook(ctx, idOf(c)), { status: 202 }) as never)
  router.openapi(routes.log, async (c) => {
    const page = c.req.valid('query')
    return c.json(await read(deps, c.get('actor'), (ctx) => listWebhookDeliveries(ctx, idOf(c), page)), 200)
  })
  router.openapi(routes.entry, async (c) => {
    const { id, deliveryId } = c.req.valid('param')
    return c.json(await read(deps, c.get('actor'), (ctx) => getWebhookDelivery(ctx, id, deliveryId)), 200)
  })
  router.openapi(
    routes.replay,
    (c) => change(c, deps, (ctx) => replayDelivery(ctx, c.req.valid('param')), { status: 202 }) as never,
  )

  return router
}
