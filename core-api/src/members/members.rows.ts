import type { Row, World } from '../testing/route-table.ts'
import { row, TEAM } from '../testing/row.ts'

const somebody = async ({ workspaceId, make }: World) => ({ id: workspaceId, userId: (await make.member()).userId })

export const memberRows: Row[] = [
  row('GET /api/workspaces/:id/members', TEAM, ({ workspaceId }) => ({ params: { id: workspaceId } })),
  row('GET /api/workspaces/:id/members/:userId', TEAM, async (world) => ({ params: await somebody(world) })),
  row('PATCH /api/workspaces/:id/members/:userId', [401, 404, 403, 403, 200, 200], async (world) => ({
    params: await somebody(world),
    body: { role: 'admin' },
  })),
  row('DELETE /api/workspaces/:id/members/:userId', [401, 404, 403, 403, 204, 204], async (world) => ({
    params: await somebody(world),
  })),
]
