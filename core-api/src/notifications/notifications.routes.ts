import { createRoute } from '@hono/zod-openapi'
import { InboxPage, Notification } from '@taskflow/shared/dto/notification.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, idOf, idParam, json, notFound, problem } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { archiveNotification, archiveNotifications, unarchiveNotification } from './archiving.ts'
import { listNotifications } from './notifications.queries.ts'
import { IdsBody, InboxQuery, SnoozeBody, SnoozeManyBody, Unread } from './notifications.schemas.ts'
import { readNotification, readNotifications, unreadNotification, unreadNotifications } from './reading.ts'
import { snoozeNotification, snoozeNotifications, unsnoozeNotification } from './snoozing.ts'
import { unreadCount } from './unread.ts'

const tags = ['Notifications']
const wrong = { 400: problem('A field is wrong; each is named.') }
const one = { 200: json(Notification, 'The notification.'), ...notFound }
const many = { 200: json(Unread, 'How many are unread now.'), ...wrong, ...notFound }

const act = (method: 'put' | 'delete', what: string, summary: string) =>
  createRoute({
    method,
    path: `/api/notifications/{id}/${what}`,
    tags,
    summary,
    request: { params: idParam },
    responses: one,
  })

const routes = {
  list: createRoute({
    method: 'get',
    path: '/api/notifications',
    tags,
    summary: 'What you were told, the latest first',
    description:
      'One notification per task, board or workspace: it grows until you read it. Without a filter: what is neither archived nor snoozed.',
    request: { query: InboxQuery },
    responses: { 200: json(InboxPage, 'A page, with the whole count of unread ones.'), ...wrong },
  }),
  count: createRoute({
    method: 'get',
    path: '/api/notifications/count',
    tags,
    summary: 'How many notifications you have not read',
    responses: { 200: json(Unread, 'The count.') },
  }),
  read: act('put', 'read', 'Mark as read'),
  unread: act('delete', 'read', 'Mark as unread'),
  archive: act('put', 'archived', 'Archive'),
  unarchive: act('delete', 'archived', 'Bring back from the archive'),
  snooze: createRoute({
    method: 'put',
    path: '/api/notifications/{id}/snoozed',
    tags,
    summary: 'Out of sight until later, or until something new happens',
    request: { params: idParam, body: body(SnoozeBody) },
    responses: { ...one, ...wrong },
  }),
  unsnooze: act('delete', 'snoozed', 'Bring back at once'),
  readMany: createRoute({
    method: 'post',
    path: '/api/notifications/read',
    tags,
    summary: 'Mark many or all as read',
    request: { body: body(IdsBody) },
    responses: many,
  }),
  unreadMany: createRoute({
    method: 'post',
    path: '/api/notifications/unread',
    tags,
    summary: 'Mark many or all as unread',
    request: { body: body(IdsBody) },
    responses: many,
  }),
  snoozeMany: createRoute({
    method: 'post',
    path: '/api/notifications/snooze',
    tags,
    summary: 'Many or all out of sight until later, or until something new happens to them',
    request: { body: body(SnoozeManyBody) },
    responses: many,
  }),
  archiveMany: createRoute({
    method: 'post',
    path: '/api/notifications/archive',
    tags,
    summary: 'Archive many or all',
    request: { body: body(IdsBody) },
    responses: many,
  }),
}

export function notificationsRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.list, async (c) =>
    c.json(await read(deps, c.get('actor'), (ctx) => listNotifications(ctx, c.req.valid('query'))), 200),
  )
  router.openapi(routes.count, async (c) =>
    c.json({ unread: await read(deps, c.get('actor'), (ctx) => unreadCount(ctx)) }, 200),
  )
  router.openapi(routes.read, (c) => change(c, deps, (ctx) => readNotification(ctx, idOf(c))) as never)
  router.openapi(routes.unread, (c) => change(c, deps, (ctx) => unreadNotification(ctx, idOf(c))) as never)
  router.openapi(routes.archive, (c) => change(c, deps, (ctx) => archiveNotification(ctx, idOf(c))) as never)
  router.openapi(routes.unarchive, (c) => change(c, deps, (ctx) => unarchiveNotification(ctx, idOf(c))) as never)
  router.openapi(routes.snooze, (c) => {
    const { until } = c.req.valid('json')
    return change(c, deps, (ctx) => snoozeNotification(ctx, idOf(c), until)) as never
  })
  router.openapi(routes.unsnooze, (c) => change(c, deps, (ctx) => unsnoozeNotification(ctx, idOf(c))) as never)
  router.openapi(routes.readMany, (c) => {
    const { ids } = c.req.valid('json')
    return change(c, deps, (ctx) => readNotifications(ctx, ids)) as never
  })
  router.openapi(routes.unreadMany, (c) => {
    const { ids } = c.req.valid('json')
    return change(c, deps, (ctx) => unreadNotifications(ctx, ids)) as never
  })
  router.openapi(routes.snoozeMany, (c) => {
    const { ids, until } = c.req.valid('json')
    return change(c, deps, (ctx) => snoozeNotifications(ctx, ids, until)) as never
  })
  router.openapi(routes.archiveMany, (c) => {
    const { ids } = c.req.valid('json')
    return change(c, deps, (ctx) => archiveNotifications(ctx, ids)) as never
  })

  return router
}
