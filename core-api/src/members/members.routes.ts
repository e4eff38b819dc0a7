import { createRoute, z } from '@hono/zod-openapi'
import { pageOf } from '@taskflow/shared/dto/page.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { Member } from '@taskflow/shared/dto/workspace.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, idParam, json, notFound, problem, refused } from '../http/answers.ts'
import { pageQuery } from '../http/paging.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { changeRole } from './changing-role.ts'
import { removeMember } from './leaving.ts'
import { getMemberFor, listMembers } from './members.queries.ts'

const tags = ['Members']
const memberParam = idParam.extend({ userId: Id })
const lastOwner = { 409: problem('`members.last_owner`: a workspace needs an owner.') }

const EditMemberBody = z
  .strictObject({ role: z.string().min(1).max(40) })
  .openapi('EditMember', { example: { role: 'admin' } })

const routes = {
  list: createRoute({
    method: 'get',
    path: '/api/workspaces/{id}/members',
    tags,
    summary: 'The members of a workspace',
    request: { params: idParam, query: pageQuery(Id) },
    responses: { 200: json(pageOf(Member), 'The members.'), ...notFound },
  }),
  get: createRoute({
    method: 'get',
    path: '/api/workspaces/{id}/members/{userId}',
    tags,
    summary: 'A member of a workspace',
    request: { params: memberParam },
    responses: { 200: json(Member, 'The member.'), ...notFound },
  }),
  edit: createRoute({
    method: 'patch',
    path: '/api/workspaces/{id}/members/{userId}',
    tags,
    summary: 'Give a member another role',
    request: { params: memberParam, body: body(EditMemberBody) },
    responses: { 200: json(Member, 'The member.'), ...refused, ...lastOwner },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/api/workspaces/{id}/members/{userId}',
    tags,
    summary: 'Remove a member, or leave',
    request: { params: memberParam },
    responses: { 204: { description: 'Done.' }, ...refused, ...lastOwner },
  }),
}

export function membersRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.list, async (c) => {
    const { id } = c.req.valid('param')
    const page = c.req.valid('query')
    return c.json(await read(deps, c.get('actor'), (ctx) => listMembers(ctx, id, page)), 200)
  })

  router.openapi(routes.get, async (c) => {
    const { id, userId } = c.req.valid('param')
    return c.json(await read(deps, c.get('actor'), (ctx) => getMemberFor(ctx, id, userId)), 200)
  })

  router.openapi(routes.edit, (c) => {
    const { id: workspaceId, userId } = c.req.valid('param')
    const { role } = c.req.valid('json')
    return change(c, deps, (ctx) => changeRole(ctx, { workspaceId, userId, role })) as never
  })

  router.openapi(routes.remove, (c) => {
    const { id: workspaceId, userId } = c.req.valid('param')
    return change(c, deps, (ctx) => removeMember(ctx, { workspaceId, userId })) as never
  })

  return router
}
