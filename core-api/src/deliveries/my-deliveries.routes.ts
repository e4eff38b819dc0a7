import { createRoute, z } from '@hono/zod-openapi'
import { Delivery, DeliveryKind, DeliveryStatus } from '@taskflow/shared/dto/operations.ts'
import { pageOf } from '@taskflow/shared/dto/page.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, idParam, json, notFound, problem, refused } from '../http/answers.ts'
import { cursorOf, pageQuery } from '../http/paging.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { getMyDelivery, listMyDeliveries } from './deliveries.queries.ts'
import { sendTestMessage } from './test-messages.ts'

const tags = ['Me']
const TestBody = z.strictObject({ channel: DeliveryKind }).openapi('TestDelivery', { example: { channel: 'email' } })

const routes = {
  test: createRoute({
    method: 'post',
    path: '/api/me/test-delivery',
    tags,
    summary: 'Send a test message to yourself',
    request: { body: body(TestBody) },
    responses: {
      202: json(z.object({ id: Id }), 'The message; ask for it to see what becomes of it.'),
      ...refused,
      422: problem('You have nothing that this channel could reach.'),
    },
  }),
  list: createRoute({
    method: 'get',
    path: '/api/me/deliveries',
    tags,
    summary: 'Messages to you, and what became of them',
    request: {
      query: pageQuery(cursorOf(z.tuple([z.iso.datetime(), z.uuid()]))).extend({
        kind: DeliveryKind.optional(),
        status: DeliveryStatus.optional(),
      }),
    },
    responses: { 200: json(pageOf(Delivery), 'A page, the newest first.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/api/me/deliveries/{id}',
    tags,
    summary: 'What became of one message to you',
    request: { params: idParam },
    responses: { 200: json(Delivery, 'The message.'), ...notFound },
  }),
}

export function myDeliveriesRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.test, (c) => {
    const { channel } = c.req.valid('json')
    return change(c, deps, (ctx) => sendTestMessage(ctx, channel), { status: 202 }) as never
  })
  router.openapi(routes.list, async (c) =>
    c.json(await read(deps, c.get('actor'), (ctx) => listMyDeliveries(ctx, c.req.valid('query'))), 200),
  )
  router.openapi(routes.get, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await read(deps, c.get('actor'), (ctx) => getMyDelivery(ctx, id)), 200)
  })

  return router
}
