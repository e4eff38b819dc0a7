import { createRoute, z } from '@hono/zod-openapi'
import { Id } from '@taskflow/shared/dto/user.ts'
import { Workspace } from '@taskflow/shared/dto/workspace.ts'
import { newId } from '@taskflow/shared/ids.ts'
import type { Deps } from '../deps.ts'
import { body, json, refused } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { foundWorkspace } from './founding.ts'

const tags = ['Workspaces']
const Name = z.string().trim().min(1).max(100)
const NewWorkspaceBody = z
  .strictObject({ id: Id.optional(), name: Name })
  .openapi('NewWorkspace', { example: { name: 'Acme' } })

const routes = {
  create: createRoute({
    method: 'post',
    path: '/api/workspaces',
    tags,
    summary: 'Found a workspace, with a first board',
    request: { body: body(NewWorkspaceBody) },
    responses: { 201: json(Workspace, 'The workspace.'), ...refused },
  }),
}

export function workspacesRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.create, (c) => {
    const { id = newId(), name } = c.req.valid('json')
    return change(c, deps, (ctx) => foundWorkspace(ctx, { id, name }), { status: 201, joining: id }) as never
  })

  return router
}
