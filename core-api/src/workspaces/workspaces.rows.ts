import type { Row } from '../testing/route-table.ts'
import { row, TEAM } from '../testing/row.ts'

export const workspaceRows: Row[] = [
  row('GET /api/workspaces', [401, 200, 200, 200, 200, 200]),
  row('POST /api/workspaces', [401, 201, 201, 201, 201, 201], () => ({ body: { name: 'New' } })),
  row('GET /api/workspaces/:id', TEAM, ({ workspaceId }) => ({ params: { id: workspaceId } })),
  row('PATCH /api/workspaces/:id', [401, 404, 403, 403, 200, 200], ({ workspaceId }) => ({
    params: { id: workspaceId },
    body: { name: 'Renamed' },
  })),
  row('DELETE /api/workspaces/:id', [401, 404, 403, 403, 403, 204], async ({ make }) => ({
    params: { id: (await make.workspace()).id },
  })),
]
