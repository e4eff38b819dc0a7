import { createRoute } from '@hono/zod-openapi'
import { Preferences } from '@taskflow/shared/dto/preferences.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { body, idOf, idParam, json, notFound, refused } from '../http/answers.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { setBoardMuted, setWorkspaceMuted } from './muting.ts'
import { getPreferences } from './preferences.queries.ts'
import { PreferencesBody } from './preferences.schemas.ts'
import { setPreferences } from './setting.ts'

const tags = ['Notifications']
const done = { 204: { description: 'Done.' }, ...notFound }

const muteRoute = (method: 'put' | 'delete', path: string, summary: string) =>
  createRoute({ method, path, tags, summary, request: { params: idParam }, responses: done })

const routes = {
  get: createRoute({
    method: 'get',
    path: '/api/me/preferences',
    tags,
    summary: 'What you are told, and how',
    responses: { 200: json(Preferences, 'Your preferences.') },
  }),
  set: createRoute({
    method: 'put',
    path: '/api/me/preferences',
    tags,
    summary: 'Change what you are told, and how; only what is named changes',
    request: { body: body(PreferencesBody) },
    responses: { 200: json(Preferences, 'Your preferences.'), ...refused },
  }),
  muteWorkspace: muteRoute('put', '/api/workspaces/{id}/muted', 'Hear nothing from a workspace'),
  unmuteWorkspace: muteRoute('delete', '/api/workspaces/{id}/muted', 'Hear from a workspace again'),
  muteBoard: muteRoute('put', '/api/boards/{id}/muted', 'Hear nothing from a board'),
  unmuteBoard: muteRoute('delete', '/api/boards/{id}/muted', 'Hear from a board again'),
}

export function preferencesRoutes(deps: Deps) {
  const router = createRouter()

  router.openapi(routes.get, async (c) => c.json(await read(deps, c.get('actor'), getPreferences), 200))
  router.openapi(routes.set, (c) => {
    const edit = c.req.valid('json')
    return change(c, deps, (ctx) => setPreferences(ctx, edit)) as never
  })
  router.openapi(routes.muteWorkspace, (c) => change(c, deps, (ctx) => setWorkspaceMuted(ctx, idOf(c), true)) as never)
  router.openapi(
    routes.unmuteWorkspace,
    (c) => change(c, deps, (ctx) => setWorkspaceMuted(ctx, idOf(c), false)) as never,
  )
  router.openapi(routes.muteBoard, (c) => change(c, deps, (ctx) => setBoardMuted(ctx, idOf(c), true)) as never)
  router.openapi(routes.unmuteBoard, (c) => change(c, deps, (ctx) => setBoardMuted(ctx, idOf(c), false)) as never)

  return router
}
