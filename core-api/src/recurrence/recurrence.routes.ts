import { createRoute, z } from '@hono/zod-openapi'
import { RecurrenceInput, RecurrencePreview, RecurrencePreviewInput } from '@taskflow/shared/dto/recurrence.ts'
import { Task } from '@taskflow/shared/dto/task.ts'
import { sayRecurrence } from '@taskflow/shared/recurrence/saying.ts'
import { type Ctx, read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, idOf, idParam, json, problem, refused } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { toWhen } from '../tasks/when.ts'
import { previewDates } from './previewing.ts'
import { demandZone, findZone, repeatTask, stopRepeating, toRule } from './repeating.ts'
import { skipOccurrence } from './skipping.ts'

const tags = ['Recurrence']
const followed = problem('`recurrence.followed`: the next occurrence (`nextId`) is there already: change that one.')
const answers = { 200: json(Task, 'The task.'), ...refused, 409: followed }
const RepeatBody = z.strictObject(RecurrenceInput.shape).openapi('Repeat', {
  example: { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', zone: 'Europe/Lisbon', anchor: 'due' },
})
const PreviewBody = z.strictObject(RecurrencePreviewInput.shape).openapi('RecurrencePreviewOf', {
  example: { rrule: 'FREQ=MONTHLY;BYMONTHDAY=31', start: '2027-01-31', zone: 'Europe/Lisbon', anchor: 'due', count: 3 },
})

const routes = {
  repeat: createRoute({
    method: 'put',
    path: '/api/tasks/{id}/recurrence',
    tags,
    summary: 'Let a task repeat',
    description:
      'A rule of RFC 5545 with FREQ (daily to yearly), INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, UNTIL and COUNT. ' +
      'When the task is closed, the next one is created with its fields, at the next date that is not over; ' +
      'at once, if it is closed already. ' +
      'A month without the day has its last; a time that the clocks skip is as much later.',
    request: { params: idParam, body: body(RepeatBody) },
    responses: answers,
  }),
  stop: createRoute({
    method: 'delete',
    path: '/api/tasks/{id}/recurrence',
    tags,
    summary: 'Let a task repeat no longer',
    request: { params: idParam },
    responses: answers,
  }),
  skip: createRoute({
    method: 'post',
    path: '/api/tasks/{id}/recurrence/skip',
    tags,
    summary: 'Skip this occurrence: the task is due when the next one would be',
    request: { params: idParam },
    responses: answers,
  }),
  preview: createRoute({
    method: 'post',
    path: '/api/recurrence/preview',
    tags,
    summary: 'The next dates of a rule, and what it says in words',
    description:
      'From `start` on, which is the first; with `completedAt`, those that follow when the first is done at that time.',
    request: { body: body(PreviewBody) },
    responses: { 200: json(RecurrencePreview, 'The dates.'), 400: refused[400] },
  }),
}

export function recurrenceRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.repeat, (c) => {
    const input = c.req.valid('json')
    return change(c, deps, (ctx) => repeatTask(ctx, idOf(c), input)) as never
  })
  router.openapi(routes.stop, (c) => change(c, deps, (ctx) => stopRepeating(ctx, idOf(c))) as never)
  router.openapi(routes.skip, (c) => change(c, deps, (ctx) => skipOccurrence(ctx, idOf(c))) as never)
  router.openapi(routes.preview, async (c) => {
    const input = c.req.valid('json')
    return c.json(await read(deps, c.get('actor'), (ctx) => preview(ctx, input)), 200)
  })

  return router
}

async function preview(ctx: Ctx, { start, ...input }: RecurrencePreviewInput): Promise<RecurrencePreview> {
  const zone = input.zone ?? (await findZone(ctx))
  demandZone(zone)
  const rrule = toRule(input.rrule)
  const due = toWhen(start, 'start', zone)!
  const said = { rrule, anchor: input.anchor }
  return {
    rrule,
    dates: previewDates({ ...input, rrule, zone, due }),
    words: { en: sayRecurrence(said, 'en'), de: sayRecurrence(said, 'de') },
  }
}
