import { createRoute } from '@hono/zod-openapi'
import { pageOf } from '@taskflow/shared/dto/page.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { Workspace, WorkspaceOfMine, WorkspaceSnapshot } from '@taskflow/shared/dto/workspace.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { workspaceStream } from '@taskflow/shared/names.ts'
import { etagOf } from '../boards/snapshot.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, idParam, json, notFound, problem, refused } from '../http/answers.ts'
import { pageQuery } from '../http/paging.ts'
import { isKnown } from '../http/preconditions.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { positionOf } from '../streams/catching-up.ts'
import { deleteWorkspace } from './deleting.ts'
import { foundWorkspace } from './founding.ts'
import { renameWorkspace } from './renaming.ts'
import { workspaceSnapshot } from './snapshot.ts'
import { getTeamMembership } from './workspaces.access.ts'
import { listWorkspaces } from './workspaces.queries.ts'
import { EditWorkspaceBody, NewWorkspaceBody } from './workspaces.schemas.ts'

const tags = ['Workspaces']

const routes = {
  create: createRoute({
    method: 'post',
    path: '/api/workspaces',
    tags,
    summary: 'Found a workspace, with a first board',
    request: { body: body(NewWorkspaceBody) },
    responses: { 201: json(Workspace, 'The workspace.'), ...refused, 409: problem('The id is in use already.') },
  }),
  list: createRoute({
    method: 'get',
    path: '/api/workspaces',
    tags,
    summary: 'The workspaces that you belong to',
    request: { query: pageQuery(Id) },
    responses: { 200: json(pageOf(WorkspaceOfMine), 'The workspaces, with your role in each.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/api/workspaces/{id}',
    tags,
    summary: 'All that its members share, with its position',
    request: { params: idParam },
    responses: {
      200: json(WorkspaceSnapshot, 'The snapshot.'),
      304: { description: 'Nothing changed since the position in If-None-Match.' },
      ...notFound,
    },
  }),
  edit: createRoute({
    method: 'patch',
    path: '/api/workspaces/{id}',
    tags,
    summary: 'Rename a workspace',
    request: { params: idParam, body: body(EditWorkspaceBody) },
    responses: { 200: json(Workspace, 'The workspace.'), ...refused },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/api/workspaces/{id}',
    tags,
    summary: 'Delete a workspace and everything in it',
    request: { params: idParam },
    responses: { 204: { description: 'Done.' }, ...refused },
  }),
}

export function workspacesRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.create, (c) => {
    const { id = newId(), name } = c.req.valid('json')
    return change(c, deps, (ctx) => foundWorkspace(ctx, { id, name }), { status: 201, joining: id }) as never
  })

  router.openapi(routes.list, async (c) => {
    const page = c.req.valid('query')
    return c.json(await read(deps, c.get('actor'), (ctx) => listWorkspaces(ctx, page)), 200)
  })

  router.openapi(routes.get, async (c) => {
    const { id } = c.req.valid('param')
    const known = c.req.header('if-none-match')
    const { etag, text } = await read(deps, c.get('actor'), async (ctx) => {
      const etag = known && etagOf(await positionOf(ctx, workspaceStream(id)))
      if (!etag || !isKnown(etag, known)) return workspaceSnapshot(ctx, id)
      await getTeamMembership(ctx, id)
      return { etag, text: null }
    })
    if (text === null) return c.body(null, 304, { ETag: etag }) as never
    return c.body(text, 200, { 'Content-Type': 'application/json', ETag: etag }) as never
  })

  router.openapi(routes.edit, (c) => {
    const { id } = c.req.valid('param')
    const edit = c.req.valid('json')
    return change(c, deps, (ctx) => renameWorkspace(ctx, id, edit)) as never
  })

  router.openapi(routes.remove, (c) => change(c, deps, (ctx) => deleteWorkspace(ctx, c.req.valid('param').id)) as never)

  return router
}
