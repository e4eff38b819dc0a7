import { createRoute } from '@hono/zod-openapi'
import { pageOf } from '@taskflow/shared/dto/page.ts'
import { Id } from '@taskflow/shared/dto/user.ts'
import { Invitation, InvitationPeek, Joined, NewInvitation } from '@taskflow/shared/dto/workspace.ts'
import { read, write } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, idParam, json, notFound, problem, refused } from '../http/answers.ts'
import { pageQuery } from '../http/paging.ts'
import { createRouter } from '../http/validate.ts'
import { answerWritten, change, writeOptions } from '../http/writing.ts'
import { acceptInvitation } from './accepting.ts'
import { getInvitationByToken, listInvitations, peekInvitation } from './invitations.queries.ts'
import { InviteBody, invitationId, invitationToken } from './invitations.schemas.ts'
import { invite, withToken } from './inviting.ts'
import { revokeInvitation } from './revoking.ts'

const tags = ['Invitations']
// Far above what people need, far below what guessing would need.
const PER_ADDRESS = { name: 'invitation-address', limit: 60, windowSeconds: 300 }
const PER_ACCOUNT = { name: 'invitation-account', limit: 30, windowSeconds: 300 }

const routes = {
  invite: createRoute({
    method: 'post',
    path: '/api/workspaces/{id}/invitations',
    tags,
    summary: 'Invite somebody by e-mail, or make a link that invites',
    request: { params: idParam, body: body(InviteBody) },
    responses: {
      201: json(NewInvitation, 'The invitation, with the token that only this answer and the e-mail carry.'),
      ...refused,
      422: problem('There are too many invitations already.'),
    },
  }),
  list: createRoute({
    method: 'get',
    path: '/api/workspaces/{id}/invitations',
    tags,
    summary: 'The invitations that can still be accepted',
    request: { params: idParam, query: pageQuery(Id) },
    responses: { 200: json(pageOf(Invitation), 'The invitations, the newest first.'), ...refused },
  }),
  revoke: createRoute({
    method: 'delete',
    path: '/api/invitations/{invitation}',
    tags,
    summary: 'Revoke an invitation',
    request: { params: invitationId },
    responses: { 204: { description: 'Done.' }, ...refused },
  }),
  peek: createRoute({
    method: 'get',
    path: '/api/invitations/{invitation}',
    tags,
    summary: 'What an invitation is to, for whoever holds its token',
    security: [],
    request: { params: invitationToken },
    responses: { 200: json(InvitationPeek, 'The invitation.'), ...notFound },
  }),
  accept: createRoute({
    method: 'post',
    path: '/api/invitations/{invitation}/accept',
    tags,
    summary: 'Accept an invitation',
    request: { params: invitationToken },
    responses: {
      200: json(Joined, 'The workspace that you belong to now.'),
      ...notFound,
      422: problem('The workspace is full.'),
    },
  }),
}

export function invitationsRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.invite, async (c) => {
    const { id } = c.req.valid('param')
    const { expiresInDays: days, ...input } = c.req.valid('json')
    const written = await write(deps, writeOptions(c), async (ctx) => ({
      status: 201,
      body: await invite(ctx, id, { ...input, days }),
    }))
    // What is kept for a repeat holds no token; each answer is given it anew.
    const body = JSON.stringify(withToken(deps.config, JSON.parse(written.body!) as Invitation))
    return answerWritten(c, { ...written, body }) as never
  })

  router.openapi(routes.list, async (c) => {
    const { id } = c.req.valid('param')
    const page = c.req.valid('query')
    return c.json(await read(deps, c.get('actor'), (ctx) => listInvitations(ctx, id, page)), 200)
  })

  router.openapi(
    routes.revoke,
    (c) => change(c, deps, (ctx) => revokeInvitation(ctx, c.req.valid('param').invitation)) as never,
  )

  router.openapi(routes.peek, async (c) => {
    await deps.rateLimits.take(PER_ADDRESS, c.get('address'))
    return c.json(await peekInvitation(deps, c.req.valid('param').invitation), 200)
  })

  router.openapi(routes.accept, async (c) => {
    await deps.rateLimits.take(PER_ADDRESS, c.get('address'))
    await deps.rateLimits.take(PER_ACCOUNT, c.get('actor').id)
    const found = await getInvitationByToken(deps, c.req.valid('param').invitation)
    return change(c, deps, (ctx) => acceptInvitation(ctx, found), { joining: found.workspaceId }) as never
  })

  return router
}
