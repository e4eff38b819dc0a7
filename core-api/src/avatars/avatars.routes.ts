import { createRoute, z } from '@hono/zod-openapi'
import { Id, User } from '@taskflow/shared/dto/user.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { idParam, json, notFound, problem, refused } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { getAvatarFor } from './avatars.access.ts'
import { removeAvatar } from './choosing.ts'
import { serveAvatar } from './serving.ts'
import { uploadAvatar } from './uploading.ts'

const tags = ['Me']
const binary = { schema: { type: 'string', format: 'binary' } } as const
const pictures = { 'image/webp': binary, 'image/jpeg': binary, 'image/png': binary, 'image/gif': binary }

const routes = {
  choose: createRoute({
    method: 'put',
    path: '/api/me/avatar',
    tags,
    summary: 'Set your picture, or replace it',
    description:
      'Send the bare content: PNG, JPEG, WebP or GIF, which is read from the content itself, of up to 512 KB and 1024 pixels a side. It is shown as a circle over initials: send an opaque square.',
    request: { body: { content: pictures } },
    responses: {
      200: json(User, 'You; `image` is the address of the picture from now on.'),
      ...refused,
      413: problem('`avatars.too_large`'),
      415: problem('`avatars.no_picture`: it is no picture of these kinds.'),
      422: problem('`avatars.too_many_pixels`'),
    },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/api/me/avatar',
    tags,
    summary: 'Remove your picture',
    responses: { 204: { description: 'Done.' }, ...refused },
  }),
  show: createRoute({
    method: 'get',
    path: '/api/users/{id}/avatar',
    tags: ['Members'],
    summary: 'The picture of somebody with whom you share a workspace or a board',
    description: 'Take the address from `image`: it names the version, and may be kept for good.',
    request: { params: idParam, query: z.object({ v: Id.optional() }) },
    responses: {
      200: { description: 'The picture.', content: pictures },
      304: { description: 'You have it already.' },
      ...notFound,
    },
  }),
}

export function avatarsRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.choose, (c) => uploadAvatar(c, deps) as never)
  router.openapi(routes.remove, (c) => change(c, deps, removeAvatar) as never)
  router.openapi(routes.show, async (c) => {
    const { id } = c.req.valid('param')
    const avatar = await read(deps, c.get('actor'), (ctx) => getAvatarFor(ctx, id))
    return serveAvatar(c, deps, avatar) as never
  })

  return router
}
