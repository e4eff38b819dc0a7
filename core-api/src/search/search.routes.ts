import { createRoute, z } from '@hono/zod-openapi'
import { ListedTask } from '@taskflow/shared/dto/listed-task.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { idParam, json, notFound } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { searchTasks } from './searching.ts'

const route = createRoute({
  method: 'get',
  path: '/api/workspaces/{id}/search',
  tags: ['Search'],
  summary: 'Find tasks of a workspace by number, words or beginnings of words',
  description: 'Only tasks of boards that you can see. The best matches come first; small typing errors are forgiven.',
  request: {
    params: idParam,
    query: z.object({
      q: z.string().trim().min(1).max(200).openapi({ example: 'WEB-42' }),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
  },
  responses: { 200: json(z.object({ items: z.array(ListedTask) }), 'The best matches.'), ...notFound },
})

export function searchRoutes(deps: Deps) {
  return createRouter().openapi(route, async (c) => {
    const { id } = c.req.valid('param')
    const items = await read(deps, c.get('actor'), (ctx) => searchTasks(ctx, id, c.req.valid('query')))
    return c.json({ items }, 200)
  })
}
