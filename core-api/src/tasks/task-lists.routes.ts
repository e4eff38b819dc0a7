import { createRoute, z } from '@hono/zod-openapi'
import { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import { pageOf } from '@taskflow/shared/dto/page.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { idParam, json, notFound } from '../http/answers.ts'
import { cursorOf, pageQuery } from '../http/paging.ts'
import { createRouter } from '../http/validate.ts'
import { listDependencies, listMyTasks, listSubtasks, listTasksOf } from './listing.ts'

const tags = ['Tasks']
const Time = z.iso.datetime()
const Never = z.literal('infinity')
const page = json(pageOf(ListedTask), 'A page of tasks.')

/** A year that the calendar of the database has. */
const Day = z.iso.date().refine((day) => day >= '0001-01-01', 'is not a date that exists')

const routes = {
  mine: createRoute({
    method: 'get',
    path: '/api/me/tasks',
    tags,
    summary: 'What is assigned to me, over all boards; the next due first',
    request: {
      query: pageQuery(cursorOf(z.tuple([z.iso.date().or(Never), Time.or(Never), Id]))).extend({
        state: z.enum(['open', 'closed', 'all']).default('open'),
        dueFrom: Day.optional(),
        dueTo: Day.optional(),
      }),
    },
    responses: { 200: page },
  }),
  ofBoard: createRoute({
    method: 'get',
    path: '/api/boards/{id}/tasks',
    tags,
    summary: 'The archive, the trash, or all tasks of a board; the latest first',
    request: {
      params: idParam,
      query: pageQuery(cursorOf(z.tuple([Time, Id]))).extend({
        state: z.enum(['archived', 'trash', 'all']).default('all'),
      }),
    },
    responses: { 200: page, ...notFound },
  }),
  subtasks: createRoute({
    method: 'get',
    path: '/api/tasks/{id}/subtasks',
    tags,
    summary: 'The subtasks of a task',
    request: { params: idParam, query: pageQuery(Id) },
    responses: { 200: page, ...notFound },
  }),
  dependencies: createRoute({
    method: 'get',
    path: '/api/tasks/{id}/dependencies',
    tags,
    summary: 'What a task waits for, and what waits for it',
    request: { params: idParam },
    responses: {
      200: json(z.object({ blockedBy: z.array(ListedTask), blocks: z.array(ListedTask) }), 'The tasks on both sides.'),
      ...notFound,
    },
  }),
}

export function taskListsRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.mine, async (c) =>
    c.json(await read(deps, c.get('actor'), (ctx) => listMyTasks(ctx, c.req.valid('query'))), 200),
  )
  router.openapi(routes.ofBoard, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await read(deps, c.get('actor'), (ctx) => listTasksOf(ctx, id, c.req.valid('query'))), 200)
  })
  router.openapi(routes.subtasks, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await read(deps, c.get('actor'), (ctx) => listSubtasks(ctx, id, c.req.valid('query'))), 200)
  })
  router.openapi(routes.dependencies, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await read(deps, c.get('actor'), (ctx) => listDependencies(ctx, id)), 200)
  })

  return router
}
