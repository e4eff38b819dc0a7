import { createRoute, z } from '@hono/zod-openapi'
import { pageOf } from '@taskflow/shared/dto/page.ts'
import { Comment } from '@taskflow/shared/dto/task.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, idOf, idParam, json, notFound, refused } from '../http/answers.ts'
import { cursorOf, pageQuery } from '../http/paging.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { commentTask, editComment, removeComment } from './commenting.ts'
import { listComments } from './comments.queries.ts'
import { EditCommentBody, NewCommentBody } from './comments.schemas.ts'
import { addReaction, removeReaction } from './reacting.ts'

const tags = ['Comments']
const answers = { 200: json(Comment, 'The comment.'), ...refused }
const page = pageQuery(cursorOf(z.tuple([z.iso.datetime(), Id])))
const reactionParam = idParam.extend({ emoji: z.string().max(64).openapi({ example: '👍' }) })

const routes = {
  list: createRoute({
    method: 'get',
    path: '/api/tasks/{id}/comments',
    tags,
    summary: 'The comments on a task',
    request: { params: idParam, query: page.extend({ order: z.enum(['oldest', 'newest']).default('oldest') }) },
    responses: { 200: json(pageOf(Comment), 'A page of comments.'), ...notFound },
  }),
  create: createRoute({
    method: 'post',
    path: '/api/tasks/{id}/comments',
    tags,
    summary: 'Comment on a task',
    description:
      'Markdown. People are called by `@[Ada](user:<id>)`, by `@Ada`, or in `mentionIds`; only those who can see the board are told.',
    request: { params: idParam, body: body(NewCommentBody) },
    responses: { 201: json(Comment, 'The comment.'), ...refused },
  }),
  edit: createRoute({
    method: 'patch',
    path: '/api/comments/{id}',
    tags,
    summary: 'Change one’s own comment',
    request: { params: idParam, body: body(EditCommentBody) },
    responses: answers,
  }),
  remove: createRoute({
    method: 'delete',
    path: '/api/comments/{id}',
    tags,
    summary: 'Remove one’s own comment, or, for admins, anybody’s',
    request: { params: idParam },
    responses: { 204: { description: 'Done.' }, ...refused },
  }),
  react: createRoute({
    method: 'put',
    path: '/api/comments/{id}/reactions/{emoji}',
    tags,
    summary: 'React to a comment with an emoji',
    request: { params: reactionParam },
    responses: answers,
  }),
  unreact: createRoute({
    method: 'delete',
    path: '/api/comments/{id}/reactions/{emoji}',
    tags,
    summary: 'Take one’s reaction back',
    request: { params: reactionParam },
    responses: answers,
  }),
}

export function commentsRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.list, async (c) =>
    c.json(await read(deps, c.get('actor'), (ctx) => listComments(ctx, idOf(c), c.req.valid('query'))), 200),
  )
  router.openapi(routes.create, (c) => {
    const input = c.req.valid('json')
    return change(c, deps, (ctx) => commentTask(ctx, idOf(c), input), { status: 201 }) as never
  })
  router.openapi(routes.edit, (c) => {
    const edit = c.req.valid('json')
    return change(c, deps, (ctx) => editComment(ctx, idOf(c), edit)) as never
  })
  router.openapi(routes.remove, (c) => change(c, deps, (ctx) => removeComment(ctx, idOf(c))) as never)
  router.openapi(routes.react, (c) => change(c, deps, (ctx) => addReaction(ctx, c.req.valid('param'))) as never)
  router.openapi(routes.unreact, (c) => change(c, deps, (ctx) => removeReaction(ctx, c.req.valid('param'))) as never)

  return router
}
