import { createRoute, z } from '@hono/zod-openapi'
import { pageOf } from '@taskflow/shared/dto/page.ts'
import { Attachment } from '@taskflow/shared/dto/task.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { idOf, idParam, json, notFound, problem, refused } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { getTaskFor } from '../tasks/tasks.access.ts'
import { removeAttachment } from './attaching.ts'
import { getAttachmentFor } from './attachments.access.ts'
import { listAttachmentsOf } from './attachments.queries.ts'
import { serveFile } from './serving.ts'
import { uploadFile } from './uploading.ts'

const tags = ['Attachments']
const binary = { schema: { type: 'string', format: 'binary' } } as const
const form = { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } } as const

const routes = {
  list: createRoute({
    method: 'get',
    path: '/api/tasks/{id}/attachments',
    tags,
    summary: 'The files of a task',
    request: { params: idParam },
    responses: { 200: json(pageOf(Attachment), 'All of them: a task has at most 100.'), ...notFound },
  }),
  upload: createRoute({
    method: 'post',
    path: '/api/tasks/{id}/attachments',
    tags,
    summary: 'Attach a file of up to 25 MB to a task',
    description:
      'Send a form with one file, or the bare content with its percent-encoded name in `X-File-Name`. What kind of file it is, is read from its content.',
    request: {
      params: idParam,
      query: z.object({ id: Id.optional() }),
      body: { content: { 'multipart/form-data': form, 'application/octet-stream': binary } },
    },
    responses: {
      201: json(Attachment, 'The attachment.'),
      ...refused,
      413: problem('`attachments.too_large`'),
      422: problem('`attachments.too_many`, `quotas.attachments`: the task or the workspace is full.'),
    },
  }),
  download: createRoute({
    method: 'get',
    path: '/api/attachments/{id}',
    tags,
    summary: 'The content of a file',
    request: { params: idParam },
    responses: {
      200: { description: 'The file.', content: { 'application/octet-stream': binary } },
      206: { description: 'The part of it that was asked for.' },
      304: { description: 'You have it already.' },
      416: { description: 'The file has no such part.' },
      ...notFound,
    },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/api/attachments/{id}',
    tags,
    summary: 'Remove a file from its task',
    request: { params: idParam },
    responses: { 204: { description: 'Done.' }, ...refused },
  }),
}

export function attachmentsRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.list, async (c) => {
    const items = await read(deps, c.get('actor'), async (ctx) =>
      listAttachmentsOf(ctx, (await getTaskFor(ctx, idOf(c))).id),
    )
    return c.json({ items, next: null }, 200)
  })
  router.openapi(routes.upload, (c) => {
    const { id } = c.req.valid('query')
    return uploadFile(c, deps, { taskId: idOf(c), id }) as never
  })
  router.openapi(routes.download, async (c) => {
    const file = await read(deps, c.get('actor'), (ctx) => getAttachmentFor(ctx, idOf(c)))
    return serveFile(c, deps, file) as never
  })
  router.openapi(routes.remove, (c) => change(c, deps, (ctx) => removeAttachment(ctx, idOf(c))) as never)

  return router
}
