import { createRoute, z } from '@hono/zod-openapi'
import { Label } from '@taskflow/shared/dto/board.ts'
import { pageOf } from '@taskflow/shared/dto/page.ts'
import { Task } from '@taskflow/shared/dto/task.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, idOf, idParam, json, problem, refused } from '../http/answers.ts'
import { pageQuery } from '../http/paging.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { createLabel, editLabel, removeLabel } from './curating.ts'
import { labelTask, unlabelTask } from './labelling.ts'
import { listLabels } from './labels.queries.ts'
import { EditLabelBody, NewLabelBody } from './labels.schemas.ts'

const tags = ['Labels']
const taskLabelParam = idParam.extend({ labelId: Id })
const nameTaken = { 409: problem('`labels.name_taken`: another label has this name; `labelId` is it.') }

const routes = {
  list: createRoute({
    method: 'get',
    path: '/api/workspaces/{id}/labels',
    tags,
    summary: 'The labels of a workspace, by name',
    request: { params: idParam, query: pageQuery(z.string().max(200)) },
    responses: { 200: json(pageOf(Label), 'A page of labels.'), ...refused },
  }),
  create: createRoute({
    method: 'post',
    path: '/api/workspaces/{id}/labels',
    tags,
    summary: 'Create a label for all boards of a workspace',
    request: { params: idParam, body: body(NewLabelBody) },
    responses: { 201: json(Label, 'The label.'), ...refused, ...nameTaken },
  }),
  edit: createRoute({
    method: 'patch',
    path: '/api/labels/{id}',
    tags,
    summary: 'Rename or recolour a label',
    request: { params: idParam, body: body(EditLabelBody) },
    responses: { 200: json(Label, 'The label.'), ...refused, ...nameTaken },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/api/labels/{id}',
    tags,
    summary: 'Remove a label, also from every task that has it',
    request: { params: idParam },
    responses: { 204: { description: 'Done.' }, ...refused },
  }),
  label: createRoute({
    method: 'put',
    path: '/api/tasks/{id}/labels/{labelId}',
    tags,
    summary: 'Put a label on a task',
    request: { params: taskLabelParam },
    responses: { 200: json(Task, 'The task.'), ...refused },
  }),
  unlabel: createRoute({
    method: 'delete',
    path: '/api/tasks/{id}/labels/{labelId}',
    tags,
    summary: 'Take a label off a task',
    request: { params: taskLabelParam },
    responses: { 200: json(Task, 'The task.'), ...refused },
  }),
}

export function labelsRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.list, async (c) =>
    c.json(await read(deps, c.get('actor'), (ctx) => listLabels(ctx, idOf(c), c.req.valid('query'))), 200),
  )
  router.openapi(routes.create, (c) => {
    const input = c.req.valid('json')
    return change(c, deps, (ctx) => createLabel(ctx, idOf(c), input), { status: 201 }) as never
  })
  router.openapi(routes.edit, (c) => {
    const edit = c.req.valid('json')
    return change(c, deps, (ctx) => editLabel(ctx, idOf(c), edit)) as never
  })
  router.openapi(routes.remove, (c) => change(c, deps, (ctx) => removeLabel(ctx, idOf(c))) as never)
  router.openapi(routes.label, (c) => change(c, deps, (ctx) => labelTask(ctx, c.req.valid('param'))) as never)
  router.openapi(routes.unlabel, (c) => change(c, deps, (ctx) => unlabelTask(ctx, c.req.valid('param'))) as never)

  return router
}
