import { createRoute, z } from '@hono/zod-openapi'
import { HistoryItem } from '@taskflow/shared/dto/history.ts'
import { pageOf } from '@taskflow/shared/dto/page.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { idParam, json, notFound } from '../http/answers.ts'
import { cursorOf, pageQuery } from '../http/paging.ts'
import { createRouter } from '../http/validate.ts'
import { listActivity, listHistoryOfBoard, listHistoryOfTask } from './history.queries.ts'

const tags = ['History']
const page = { 200: json(pageOf(HistoryItem), 'A page of facts, the newest first.'), ...notFound }
const byTime = pageQuery(cursorOf(z.tuple([z.iso.datetime(), z.string(), z.int()])))

const routes = {
  ofTask: createRoute({
    method: 'get',
    path: '/api/tasks/{id}/history',
    tags,
    summary: 'What happened to a task, and who did it',
    request: { params: idParam, query: byTime },
    responses: page,
  }),
  ofBoard: createRoute({
    method: 'get',
    path: '/api/boards/{id}/history',
    tags,
    summary: 'What happened on a board, and who did it',
    request: { params: idParam, query: pageQuery(z.coerce.number().int().min(1)) },
    responses: page,
  }),
  ofWorkspace: createRoute({
    method: 'get',
    path: '/api/workspaces/{id}/activity',
    tags,
    summary: 'What happened on the boards of a workspace that you may see',
    request: { params: idParam, query: byTime },
    responses: page,
  }),
}

export function historyRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.ofTask, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await read(deps, c.get('actor'), (ctx) => listHistoryOfTask(ctx, id, c.req.valid('query'))), 200)
  })
  router.openapi(routes.ofBoard, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await read(deps, c.get('actor'), (ctx) => listHistoryOfBoard(ctx, id, c.req.valid('query'))), 200)
  })
  router.openapi(routes.ofWorkspace, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await read(deps, c.get('actor'), (ctx) => listActivity(ctx, id, c.req.valid('query'))), 200)
  })

  return router
}
