import { createRoute } from '@hono/zod-openapi'
import { BoardSnapshot } from '@taskflow/shared/dto/board.ts'
import { boardStream } from '@taskflow/shared/names.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { idParam, json, notFound } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { positionOf } from '../streams/catching-up.ts'
import { getBoardFor } from './boards.access.ts'
import { boardSnapshot, etagOf } from './snapshot.ts'

const tags = ['Boards']

const routes = {
  get: createRoute({
    method: 'get',
    path: '/api/boards/{id}',
    tags,
    summary: 'The whole board, with its position',
    request: { params: idParam },
    responses: {
      200: json(BoardSnapshot, 'The snapshot.'),
      304: { description: 'Nothing changed since the position in If-None-Match.' },
      ...notFound,
    },
  }),
}

export function boardsRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.get, async (c) => {
    const { id } = c.req.valid('param')
    const known = c.req.header('if-none-match')
    const snapshot = await read(deps, c.get('actor'), async (ctx) => {
      if (known && known === etagOf(await positionOf(ctx, boardStream(id)))) {
        await getBoardFor(ctx, id, 'board:read')
        return null
      }
      return boardSnapshot(ctx, id)
    })
    if (!snapshot) return c.body(null, 304, { ETag: known! }) as never
    return c.body(snapshot.text, 200, { 'Content-Type': 'application/json', ETag: snapshot.etag }) as never
  })

  return router
}
