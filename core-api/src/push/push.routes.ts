import { createRoute, z } from '@hono/zod-openapi'
import { PushSubscription, PushSubscriptionInput } from '@taskflow/shared/dto/push.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, idParam, json, refused } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { getPushKey } from './push-key.ts'
import { listSubscriptions, subscribe, unsubscribe } from './subscribing.ts'

const tags = ['Me']
const path = '/api/me/push-subscriptions'
const SubscribeBody = z.strictObject(PushSubscriptionInput.shape).openapi('Subscribe')
const UnsubscribeBody = z.strictObject({ endpoint: z.string().max(1_000) }).openapi('Unsubscribe')

const routes = {
  key: createRoute({
    method: 'get',
    path: '/api/push/key',
    tags,
    summary: 'The key with which a browser subscribes (VAPID)',
    responses: { 200: json(z.object({ publicKey: z.string() }), 'The public key, base64url.') },
  }),
  list: createRoute({
    method: 'get',
    path,
    tags,
    summary: 'Your devices that show notifications',
    responses: { 200: json(z.object({ items: z.array(PushSubscription) }), 'The devices.') },
  }),
  subscribe: createRoute({
    method: 'post',
    path,
    tags,
    summary: 'Show notifications on this device',
    request: { body: body(SubscribeBody) },
    responses: { 201: json(PushSubscription, 'The device.'), 400: refused[400] },
  }),
  unsubscribe: createRoute({
    method: 'delete',
    path,
    tags,
    summary: 'Show no notifications on this device any more',
    request: { body: body(UnsubscribeBody) },
    responses: { 204: { description: 'Done.' }, 400: refused[400] },
  }),
  remove: createRoute({
    method: 'delete',
    path: `${path}/{id}`,
    tags,
    summary: 'Show no notifications on one of your devices any more',
    request: { params: idParam },
    responses: { 204: { description: 'Done.' } },
  }),
}

export function pushRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.key, async (c) => c.json({ publicKey: (await getPushKey(deps)).publicKey }, 200))
  router.openapi(routes.list, async (c) => c.json(await read(deps, c.get('actor'), listSubscriptions), 200))
  router.openapi(routes.subscribe, (c) => {
    const input = c.req.valid('json')
    return change(c, deps, (ctx) => subscribe(ctx, input), { status: 201 }) as never
  })
  router.openapi(routes.unsubscribe, (c) => {
    const input = c.req.valid('json')
    return change(c, deps, (ctx) => unsubscribe(ctx, input)) as never
  })
  router.openapi(routes.remove, (c) => change(c, deps, (ctx) => unsubscribe(ctx, c.req.valid('param'))) as never)

  return router
}
