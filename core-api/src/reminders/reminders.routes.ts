import { createRoute, z } from '@hono/zod-openapi'
import { Reminder, ReminderKind } from '@taskflow/shared/dto/reminder.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, idOf, idParam, json, notFound, refused } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { listReminders } from './reminders.queries.ts'
import { dropReminders, setReminders } from './reminding.ts'

const tags = ['Reminders']
const LIMIT = 10
const path = '/api/tasks/{id}/reminders'
const list = json(z.object({ items: z.array(Reminder) }), 'Your reminders of the task.')

const RelativeKind = ReminderKind.exclude(['custom'])
const RemindersBody = z
  .strictObject({
    reminders: z
      .array(
        z.union([
          z.strictObject({ kind: RelativeKind }),
          z.strictObject({ kind: z.literal('custom'), at: z.iso.datetime({ offset: true }) }),
        ]),
      )
      .max(LIMIT),
  })
  .openapi('SetReminders', { example: { reminders: [{ kind: '1h' }, { kind: 'custom', at: '2030-11-20T09:00:00Z' }] } })

const routes = {
  list: createRoute({
    method: 'get',
    path,
    tags,
    summary: 'Your reminders of a task',
    request: { params: idParam },
    responses: { 200: list, ...notFound },
  }),
  set: createRoute({
    method: 'put',
    path,
    tags,
    summary: 'Be reminded of a task: these, and no others',
    description: 'Before it is due, when it is, once it is overdue, or at a moment of your own. Only you are told.',
    request: { params: idParam, body: body(RemindersBody) },
    responses: { 200: list, ...refused },
  }),
  drop: createRoute({
    method: 'delete',
    path,
    tags,
    summary: 'Not to be reminded of a task',
    request: { params: idParam },
    responses: { 204: { description: 'Done.' }, ...notFound },
  }),
}

export function remindersRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.list, async (c) =>
    c.json(await read(deps, c.get('actor'), (ctx) => listReminders(ctx, idOf(c))), 200),
  )
  router.openapi(routes.set, (c) => {
    const { reminders } = c.req.valid('json')
    return change(c, deps, (ctx) => setReminders(ctx, idOf(c), reminders)) as never
  })
  router.openapi(routes.drop, (c) => change(c, deps, (ctx) => dropReminders(ctx, idOf(c))) as never)

  return router
}
