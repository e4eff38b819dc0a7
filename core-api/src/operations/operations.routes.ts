import { createRoute, z } from '@hono/zod-openapi'
import { DeadLetter, Delivery, DeliveryKind, DeliveryStatus, ScheduleState } from '@taskflow/shared/dto/operations.ts'
import { pageOf } from '@taskflow/shared/dto/page.ts'
import { read } from '../context.ts'
import { listDeliveries } from '../deliveries/deliveries.queries.ts'
import { retryDelivery } from '../deliveries/retrying.ts'
import type { Deps } from '../deps.ts'
import { idParam, json, problem, refused } from '../http/answers.ts'
import { cursorOf, pageQuery } from '../http/paging.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { listDeadLetters, replayDeadLetter } from '../jobs/dead-letters.ts'
import { listSchedules } from '../jobs/schedules.queries.ts'
import { workspacesOverseen } from './overseeing.ts'

const tags = ['Running it']
const again = { 204: { description: 'It will be tried now.' }, ...refused }
const ofWorkspace = z.object({
  workspaceId: z.uuid().optional().openapi({ description: 'Without it, every workspace that you administer.' }),
})
const byTime = pageQuery(cursorOf(z.tuple([z.iso.datetime(), z.uuid()]))).extend(ofWorkspace.shape)

const routes = {
  schedules: createRoute({
    method: 'get',
    path: '/api/operations/schedules',
    tags,
    summary: 'What happens by itself: when it did last, and when it will next',
    request: { query: ofWorkspace },
    responses: { 200: json(z.object({ items: z.array(ScheduleState) }), 'Every schedule.'), ...refused },
  }),
  deliveries: createRoute({
    method: 'get',
    path: '/api/operations/deliveries',
    tags,
    summary: 'Messages that went out, and what became of them',
    request: { query: byTime.extend({ kind: DeliveryKind.optional(), status: DeliveryStatus.optional() }) },
    responses: { 200: json(pageOf(Delivery), 'A page, the newest first.'), ...refused },
  }),
  retry: createRoute({
    method: 'post',
    path: '/api/operations/deliveries/{id}/retry',
    tags,
    summary: 'Try once more, now, to send a message',
    request: { params: idParam },
    responses: {
      ...again,
      409: problem('It was sent, or is just being sent.'),
      422: problem('What it said is not kept.'),
    },
  }),
  deadLetters: createRoute({
    method: 'get',
    path: '/api/operations/dead-letters',
    tags,
    summary: 'Jobs that failed too often',
    request: { query: byTime },
    responses: { 200: json(pageOf(DeadLetter), 'A page, the newest first.'), ...refused },
  }),
  replay: createRoute({
    method: 'post',
    path: '/api/operations/dead-letters/{id}/replay',
    tags,
    summary: 'Do a job again that failed too often',
    request: { params: idParam },
    responses: again,
  }),
}

export function operationsRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.schedules, async (c) => {
    const items = await read(deps, c.get('actor'), async (ctx) => {
      await workspacesOverseen(ctx, c.req.valid('query').workspaceId)
      return listSchedules(ctx)
    })
    return c.json({ items }, 200)
  })
  router.openapi(routes.deliveries, async (c) => {
    const { workspaceId, ...filter } = c.req.valid('query')
    const page = await read(deps, c.get('actor'), async (ctx) =>
      listDeliveries(ctx, await workspacesOverseen(ctx, workspaceId), filter),
    )
    return c.json(page, 200)
  })
  router.openapi(routes.retry, (c) => {
    const { id } = c.req.valid('param')
    return change(c, deps, (ctx) => retryDelivery(ctx, id)) as never
  })
  router.openapi(routes.deadLetters, async (c) => {
    const { workspaceId, ...filter } = c.req.valid('query')
    const page = await read(deps, c.get('actor'), async (ctx) =>
      listDeadLetters(ctx, await workspacesOverseen(ctx, workspaceId), filter),
    )
    return c.json(page, 200)
  })
  router.openapi(routes.replay, (c) => {
    const { id } = c.req.valid('param')
    return change(c, deps, (ctx) => replayDeadLetter(ctx, id)) as never
  })

  return router
}
