import type { Row, World } from '../testing/route-table.ts'
import { row, TEAM } from '../testing/row.ts'

const some = async ({ workspaceId, make }: World) => ({ id: workspaceId, key: (await make.role()).key })

export const roleRows: Row[] = [
  row('GET /api/workspaces/:id/roles', TEAM, ({ workspaceId }) => ({ params: { id: workspaceId } })),
  row('POST /api/workspaces/:id/roles', [401, 404, 403, 403, 201, 201], ({ workspaceId }, caller) => ({
    params: { id: workspaceId },
    body: { name: `Role for ${caller?.name}`, permissions: ['task:*'] },
  })),
  row('PATCH /api/workspaces/:id/roles/:key', [401, 404, 403, 403, 200, 200], async (world) => ({
    params: await some(world),
    body: { permissions: ['task:*'] },
  })),
  row('DELETE /api/workspaces/:id/roles/:key', [401, 404, 403, 403, 204, 204], async (world) => ({
    params: await some(world),
  })),
]
