import { createRoute, z } from '@hono/zod-openapi'
import { Column } from '@taskflow/shared/dto/board.ts'
import { boardEvents } from '@taskflow/shared/events/board.events.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import type { Deps } from '../deps.ts'
import { body, idOf, idParam, json, problem, refused } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { ColumnPositionBody, EditColumnBody, NewColumnBody, SortBody } from './columns.schemas.ts'
import { createColumn } from './creating.ts'
import { editColumn, moveColumn } from './editing.ts'
import { removeColumn } from './removing.ts'
import { sortColumn } from './sorting.ts'

const tags = ['Columns']
const answers = { 200: json(Column, 'The column.'), ...refused }

const routes = {
  create: createRoute({
    method: 'post',
    path: '/api/boards/{id}/columns',
    tags,
    summary: 'Add a column, at the end or next to another',
    request: { params: idParam, body: body(NewColumnBody) },
    responses: { 201: json(Column, 'The column.'), ...refused },
  }),
  edit: createRoute({
    method: 'patch',
    path: '/api/columns/{id}',
    tags,
    summary: 'Change the named fields of a column',
    description:
      'A soft WIP limit is shown when it is passed, a hard one refuses further tasks; what lies in the column already ' +
      'stays. Changing `done` closes or reopens nothing that lies in the column: tasks that come or go later follow it.',
    request: { params: idParam, body: body(EditColumnBody) },
    responses: answers,
  }),
  remove: createRoute({
    method: 'delete',
    path: '/api/columns/{id}',
    tags,
    summary: 'Remove a column; its tasks go to another',
    request: { params: idParam, query: z.object({ moveTo: Id.optional() }) },
    responses: {
      204: { description: 'Done.' },
      ...refused,
      409: problem('`columns.not_empty`: name `moveTo`. `columns.last`, `columns.limit_reached`: not possible.'),
    },
  }),
  move: createRoute({
    method: 'put',
    path: '/api/columns/{id}/position',
    tags,
    summary: 'Move a column next to another, or to one end of the board',
    request: { params: idParam, body: body(ColumnPositionBody) },
    responses: answers,
  }),
  sort: createRoute({
    method: 'post',
    path: '/api/columns/{id}/sort',
    tags,
    summary: 'Put the tasks of a column in order, once',
    request: { params: idParam, body: body(SortBody) },
    responses: {
      200: json(boardEvents['column.sorted'].pick({ tasks: true }), 'The tasks in their new places.'),
      ...refused,
    },
  }),
}

export function columnsRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.create, (c) => {
    const input = c.req.valid('json')
    return change(c, deps, (ctx) => createColumn(ctx, idOf(c), input), { status: 201 }) as never
  })
  router.openapi(routes.edit, (c) => {
    const edit = c.req.valid('json')
    return change(c, deps, (ctx) => editColumn(ctx, idOf(c), edit)) as never
  })
  router.openapi(routes.remove, (c) => {
    const { moveTo } = c.req.valid('query')
    return change(c, deps, (ctx) => removeColumn(ctx, idOf(c), moveTo)) as never
  })
  router.openapi(routes.move, (c) => {
    const wish = c.req.valid('json')
    return change(c, deps, (ctx) => moveColumn(ctx, idOf(c), wish)) as never
  })
  router.openapi(routes.sort, (c) => {
    const { by } = c.req.valid('json')
    return change(c, deps, (ctx) => sortColumn(ctx, idOf(c), by)) as never
  })

  return router
}
