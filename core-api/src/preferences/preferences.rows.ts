import type { Row, World } from '../testing/route-table.ts'
import { row } from '../testing/row.ts'

const EVERYBODY = [401, 200, 200, 200, 200, 200]
const DONE = [401, 404, 204, 204, 204, 204]

const theWorkspace = ({ workspaceId }: World) => ({ params: { id: workspaceId } })
const theBoard = ({ boardId }: World) => ({ params: { id: boardId } })

export const preferenceRows: Row[] = [
  row('GET /api/me/preferences', EVERYBODY),
  row('PUT /api/me/preferences', EVERYBODY, () => ({ body: { matrix: { commented: { email: true } } } })),
  row('PUT /api/workspaces/:id/muted', DONE, theWorkspace),
  row('DELETE /api/workspaces/:id/muted', DONE, theWorkspace),
  row('PUT /api/boards/:id/muted', DONE, theBoard),
  row('DELETE /api/boards/:id/muted', DONE, theBoard),
]
