import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import { idOf } from '../http/answers.ts'
import { versionOf } from '../http/preconditions.ts'
import { createRouter } from '../http/validate.ts'
import { change } from '../http/writing.ts'
import { admitToBoard, dismissFromBoard } from './admitting.ts'
import { routes } from './boards.descriptions.ts'
import { listBoards, listViewers } from './boards.queries.ts'
import { compress, worthCompressing } from './compressing.ts'
import { createBoard } from './creating.ts'
import { duplicateBoard } from './duplicating.ts'
import { archiveBoard, editBoard, restoreBoard } from './editing.ts'
import { removeBoard } from './removing.ts'
import { boardSnapshot } from './snapshot.ts'
import { createSnapshotCache } from './snapshot-cache.ts'
import { TEMPLATES } from './templates.ts'

export function boardsRoutes(deps: Deps) {
  const router = createRouter()
  const cache = createSnapshotCache()

  router.openapi(routes.create, (c) => {
    const input = c.req.valid('json')
    return change(c, deps, (ctx) => createBoard(ctx, idOf(c), input), { status: 201 }) as never
  })
  router.openapi(routes.list, async (c) =>
    c.json(await read(deps, c.get('actor'), (ctx) => listBoards(ctx, idOf(c), c.req.valid('query'))), 200),
  )
  router.openapi(routes.templates, (c) => c.json({ items: TEMPLATES }, 200))
  router.openapi(routes.get, async (c) => {
    const wanted = { id: idOf(c), known: c.req.header('if-none-match'), cache }
    const { etag, json } = await read(deps, c.get('actor'), (ctx) => boardSnapshot(ctx, wanted))
    const headers = { ETag: etag, Vary: 'Accept-Encoding' }
    if (!json) return c.body(null, 304, headers) as never
    const gzip = worthCompressing(json, c.req.header('accept-encoding'))
    const bytes = gzip ? await compress(json) : Buffer.concat([json.own, json.shared])
    const typed = { ...headers, 'Content-Type': 'application/json', ...(gzip && { 'Content-Encoding': 'gzip' }) }
    return c.body(bytes as Uint8Array<ArrayBuffer>, 200, typed) as never
  })
  router.openapi(routes.edit, (c) => {
    const edit = c.req.valid('json')
    const version = versionOf(c.req.header('if-match'), edit.version)
    return change(c, deps, (ctx) => editBoard(ctx, idOf(c), { ...edit, version })) as never
  })
  router.openapi(routes.remove, (c) => change(c, deps, (ctx) => removeBoard(ctx, idOf(c))) as never)
  router.openapi(routes.archive, (c) => change(c, deps, (ctx) => archiveBoard(ctx, idOf(c))) as never)
  router.openapi(routes.restore, (c) => change(c, deps, (ctx) => restoreBoard(ctx, idOf(c))) as never)
  router.openapi(routes.duplicate, (c) => {
    const input = c.req.valid('json')
    return change(c, deps, (ctx) => duplicateBoard(ctx, idOf(c), input), { status: 201 }) as never
  })
  router.openapi(routes.members, async (c) => {
    const query = c.req.valid('query')
    return c.json(await read(deps, c.get('actor'), (ctx) => listViewers(ctx, idOf(c), query)), 200)
  })
  router.openapi(routes.admit, (c) => {
    const { role } = c.req.valid('json') ?? {}
    return change(c, deps, (ctx) => admitToBoard(ctx, { ...c.req.valid('param'), role })) as never
  })
  router.openapi(routes.dismiss, (c) => change(c, deps, (ctx) => dismissFromBoard(ctx, c.req.valid('param'))) as never)

  return router
}
