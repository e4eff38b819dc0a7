import { createRoute, z } from '@hono/zod-openapi'
import { Task } from '@taskflow/shared/dto/task.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import type { Deps } from '../deps.ts'
import { body, idOf, idParam, json, refused } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { answerWritten, change, writeOptions } from '../http/writing.ts'
import { blockTask, unblockTask } from './blocking.ts'
import { changeTasks } from './bulk.ts'
import { BulkBody, BulkResult } from './bulk.schemas.ts'
import { removeItem, setItem } from './checklisting.ts'
import { duplicateTask } from './duplicating.ts'
import { ItemBody, TaskScope } from './tasks.schemas.ts'
import { unwatchTask, watchTask } from './watching.ts'

const tags = ['Tasks']
const userParam = idParam.extend({ userId: Id })
const blockerParam = idParam.extend({ blockerId: Id })
const itemParam = idParam.extend({ itemId: Id })
const answers = { 200: json(Task, 'The task.'), ...refused }
const DuplicateBody = z
  .strictObject({ id: Id.optional(), columnId: Id.optional(), before: Id.nullish(), after: Id.nullish() })
  .openapi('DuplicateTask', { example: {} })

const routes = {
  watch: createRoute({
    method: 'put',
    path: '/api/tasks/{id}/watchers/{userId}',
    tags,
    summary: 'Watch a task, or make somebody watch it',
    request: { params: userParam },
    responses: answers,
  }),
  unwatch: createRoute({
    method: 'delete',
    path: '/api/tasks/{id}/watchers/{userId}',
    tags,
    summary: 'Watch a task no longer',
    request: { params: userParam },
    responses: answers,
  }),
  setItem: createRoute({
    method: 'put',
    path: '/api/tasks/{id}/checklist/{itemId}',
    tags,
    summary: 'Change one item of a checklist, or add it',
    description:
      'Only the fields named change, so that people who change different items, or different fields of one, all win. ' +
      'An item that is not there is added if there is a `text`, at the end of the list or next to a neighbour; without ' +
      'one it is 404 `tasks.item_not_found`. `before` and `after` name another item; with null they mean the end and ' +
      'the top. A neighbour that has gone is not an error: the item stays where it is.',
    request: { params: itemParam, body: body(ItemBody) },
    responses: answers,
  }),
  removeItem: createRoute({
    method: 'delete',
    path: '/api/tasks/{id}/checklist/{itemId}',
    tags,
    summary: 'Remove one item of a checklist',
    request: { params: itemParam, query: z.object({ scope: TaskScope.optional() }) },
    responses: answers,
  }),
  block: createRoute({
    method: 'put',
    path: '/api/tasks/{id}/blockers/{blockerId}',
    tags,
    summary: 'Make a task wait for another',
    request: { params: blockerParam },
    responses: answers,
  }),
  unblock: createRoute({
    method: 'delete',
    path: '/api/tasks/{id}/blockers/{blockerId}',
    tags,
    summary: 'Let a task wait for another no longer',
    request: { params: blockerParam },
    responses: answers,
  }),
  duplicate: createRoute({
    method: 'post',
    path: '/api/tasks/{id}/duplicate',
    tags,
    summary: 'Create the same task once more, with nothing ticked and without its comments',
    request: { params: idParam, body: body(DuplicateBody) },
    responses: { 201: json(Task, 'The new task.'), ...refused },
  }),
  bulk: createRoute({
    method: 'post',
    path: '/api/boards/{id}/tasks/bulk',
    tags,
    summary: 'Do the same to many tasks of a board',
    description:
      'Each task is changed by itself: those that cannot be are named with the reason, the others are done. ' +
      '`delete` puts into the trash, `erase` removes for good what lies there.',
    request: { params: idParam, body: body(BulkBody) },
    responses: { 200: json(z.array(BulkResult), 'What became of each task, in the order of `ids`.'), ...refused },
  }),
}

export function taskActsRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.watch, (c) => change(c, deps, (ctx) => watchTask(ctx, c.req.valid('param'))) as never)
  router.openapi(routes.unwatch, (c) => change(c, deps, (ctx) => unwatchTask(ctx, c.req.valid('param'))) as never)
  router.openapi(routes.setItem, (c) => {
    const wish = c.req.valid('json')
    return change(c, deps, (ctx) => setItem(ctx, { ...c.req.valid('param'), wish })) as never
  })
  router.openapi(routes.removeItem, (c) => {
    const { scope } = c.req.valid('query')
    return change(c, deps, (ctx) => removeItem(ctx, { ...c.req.valid('param'), scope })) as never
  })
  router.openapi(routes.block, (c) => change(c, deps, (ctx) => blockTask(ctx, c.req.valid('param'))) as never)
  router.openapi(routes.unblock, (c) => change(c, deps, (ctx) => unblockTask(ctx, c.req.valid('param'))) as never)
  router.openapi(routes.duplicate, (c) => {
    const wish = c.req.valid('json')
    return change(c, deps, (ctx) => duplicateTask(ctx, idOf(c), wish), { status: 201 }) as never
  })
  router.openapi(routes.bulk, async (c) => {
    const bulk = { boardId: idOf(c), ...c.req.valid('json') }
    return answerWritten(c, await changeTasks(deps, writeOptions(c), bulk)) as never
  })

  return router
}
