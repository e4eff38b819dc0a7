import { createRoute, z } from '@hono/zod-openapi'
import { Task } from '@taskflow/shared/dto/task.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, idOf, idParam, json, notFound, problem, refused } from '../http/answers.ts'
import { versionOf } from '../http/preconditions.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { assignTask, unassignTask } from './assigning.ts'
import { closeTask, reopenTask } from './closing.ts'
import { createTask } from './creating.ts'
import { editTask } from './editing.ts'
import { moveTask } from './moving.ts'
import { archiveTask, eraseTask, restoreTask, trashTask } from './removing.ts'
import { toTaskDto } from './task.dto.ts'
import { getTaskFor } from './tasks.access.ts'
import { EditTaskBody, NewTaskBody, PositionBody } from './tasks.schemas.ts'

const tags = ['Tasks']
const userParam = idParam.extend({ userId: Id })
const answers = { 200: json(Task, 'The task.'), ...refused }

const routes = {
  create: createRoute({
    method: 'post',
    path: '/api/boards/{id}/tasks',
    tags,
    summary: 'Create a task',
    request: { params: idParam, body: body(NewTaskBody) },
    responses: { 201: json(Task, 'The task.'), ...refused },
  }),
  get: createRoute({
    method: 'get',
    path: '/api/tasks/{id}',
    tags,
    summary: 'A task with everything in it',
    request: { params: idParam },
    responses: { 200: json(Task, 'The task.'), ...notFound },
  }),
  edit: createRoute({
    method: 'patch',
    path: '/api/tasks/{id}',
    tags,
    summary: 'Change the named fields of a task',
    request: { params: idParam, body: body(EditTaskBody) },
    responses: {
      ...answers,
      409: problem(
        '`tasks.conflict`: the description was changed in the meantime; `current` has it. ' +
          '`recurrence.no_such_day`: the rule cannot say the day to which all that follow should move.',
      ),
    },
  }),
  trash: createRoute({
    method: 'delete',
    path: '/api/tasks/{id}',
    tags,
    summary: 'Put a task into the trash, or remove it for good',
    request: { params: idParam, query: z.object({ erase: z.stringbool().optional() }) },
    responses: { 204: { description: 'Done.' }, ...refused },
  }),
  move: createRoute({
    method: 'put',
    path: '/api/tasks/{id}/position',
    tags,
    summary: 'Move a task next to another, or to the top or end of a column',
    request: { params: idParam, body: body(PositionBody) },
    responses: answers,
  }),
  assign: createRoute({
    method: 'put',
    path: '/api/tasks/{id}/assignees/{userId}',
    tags,
    summary: 'Assign somebody',
    request: { params: userParam },
    responses: answers,
  }),
  unassign: createRoute({
    method: 'delete',
    path: '/api/tasks/{id}/assignees/{userId}',
    tags,
    summary: 'Unassign somebody',
    request: { params: userParam },
    responses: answers,
  }),
  close: createRoute({
    method: 'put',
    path: '/api/tasks/{id}/closed',
    tags,
    summary: 'Close a task',
    request: { params: idParam },
    responses: answers,
  }),
  reopen: createRoute({
    method: 'delete',
    path: '/api/tasks/{id}/closed',
    tags,
    summary: 'Open a closed task again',
    request: { params: idParam },
    responses: answers,
  }),
  archive: createRoute({
    method: 'put',
    path: '/api/tasks/{id}/archived',
    tags,
    summary: 'Archive a task',
    request: { params: idParam },
    responses: answers,
  }),
  restore: createRoute({
    method: 'put',
    path: '/api/tasks/{id}/restored',
    tags,
    summary: 'Bring a task back from the trash or the archive',
    request: { params: idParam },
    responses: answers,
  }),
}

export function tasksRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.create, (c) => {
    const input = c.req.valid('json')
    return change(c, deps, (ctx) => createTask(ctx, idOf(c), input), { status: 201 }) as never
  })
  router.openapi(routes.get, async (c) => {
    const task = toTaskDto(await read(deps, c.get('actor'), (ctx) => getTaskFor(ctx, idOf(c))))
    return c.json(task, 200, { ETag: `"${task.version}"` })
  })
  router.openapi(routes.edit, (c) => {
    const edit = c.req.valid('json')
    const version = versionOf(c.req.header('if-match'), edit.version)
    return change(c, deps, (ctx) => editTask(ctx, idOf(c), { ...edit, version })) as never
  })
  router.openapi(routes.trash, (c) => {
    const { erase } = c.req.valid('query')
    return change(c, deps, (ctx) => (erase ? eraseTask : trashTask)(ctx, idOf(c))) as never
  })
  router.openapi(routes.move, (c) => {
    const wish = c.req.valid('json')
    return change(c, deps, (ctx) => moveTask(ctx, { id: idOf(c), ...wish })) as never
  })
  router.openapi(routes.assign, (c) => change(c, deps, (ctx) => assignTask(ctx, c.req.valid('param'))) as never)
  router.openapi(routes.unassign, (c) => change(c, deps, (ctx) => unassignTask(ctx, c.req.valid('param'))) as never)
  router.openapi(routes.close, (c) => change(c, deps, (ctx) => closeTask(ctx, idOf(c))) as never)
  router.openapi(routes.reopen, (c) => change(c, deps, (ctx) => reopenTask(ctx, idOf(c))) as never)
  router.openapi(routes.archive, (c) => change(c, deps, (ctx) => archiveTask(ctx, idOf(c))) as never)
  router.openapi(routes.restore, (c) => change(c, deps, (ctx) => restoreTask(ctx, idOf(c))) as never)

  return router
}
