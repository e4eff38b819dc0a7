import { createRoute } from '@hono/zod-openapi'
import { pageOf } from '@taskflow/shared/dto/page.ts'
import { CustomRole } from '@taskflow/shared/dto/workspace.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, idParam, json, notFound, problem, refused } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { createRole, deleteRole, editRole } from './defining.ts'
import { listRoles } from './roles.queries.ts'
import { EditRoleBody, NewRoleBody, roleParam } from './roles.schemas.ts'

const tags = ['Roles']

const routes = {
  create: createRoute({
    method: 'post',
    path: '/api/workspaces/{id}/roles',
    tags,
    summary: 'Make a role, beside owner, admin, member and guest',
    request: { params: idParam, body: body(NewRoleBody) },
    responses: { 201: json(CustomRole, 'The role.'), ...refused, 409: problem('There is a role of this key already.') },
  }),
  list: createRoute({
    method: 'get',
    path: '/api/workspaces/{id}/roles',
    tags,
    summary: "The roles of the workspace's own making",
    request: { params: idParam },
    responses: { 200: json(pageOf(CustomRole), 'The roles.'), ...notFound },
  }),
  edit: createRoute({
    method: 'patch',
    path: '/api/workspaces/{id}/roles/{key}',
    tags,
    summary: 'Change what a role may do',
    request: { params: roleParam, body: body(EditRoleBody) },
    responses: { 200: json(CustomRole, 'The role.'), ...refused },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/api/workspaces/{id}/roles/{key}',
    tags,
    summary: 'Delete a role that nobody has',
    request: { params: roleParam },
    responses: { 204: { description: 'Done.' }, ...refused, 409: problem('`roles.in_use`: somebody has this role.') },
  }),
}

export function rolesRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.create, (c) => {
    const { id } = c.req.valid('param')
    const input = c.req.valid('json')
    return change(c, deps, (ctx) => createRole(ctx, id, input), { status: 201 }) as never
  })

  router.openapi(routes.list, async (c) => {
    const { id } = c.req.valid('param')
    return c.json(await read(deps, c.get('actor'), (ctx) => listRoles(ctx, id)), 200)
  })

  router.openapi(routes.edit, (c) => {
    const { id: workspaceId, key } = c.req.valid('param')
    const edit = c.req.valid('json')
    return change(c, deps, (ctx) => editRole(ctx, { workspaceId, key }, edit)) as never
  })

  router.openapi(routes.remove, (c) => {
    const { id: workspaceId, key } = c.req.valid('param')
    return change(c, deps, (ctx) => deleteRole(ctx, { workspaceId, key })) as never
  })

  return router
}
