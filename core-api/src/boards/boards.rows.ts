import type { Row, World } from '../testing/route-table.ts'
import { CREATING, row, SEEING } from '../testing/row.ts'

/** On a board that the guest does not see. */
const MEMBERS = [401, 404, 404, 200, 200, 200]

const aBoard = async ({ make }: World) => ({ params: { id: (await make.board()).id } })
const theBoard = ({ boardId }: World) => ({ params: { id: boardId } })
const theWorkspace = ({ workspaceId }: World) => ({ params: { id: workspaceId } })

export const boardRows: Row[] = [
  row('GET /api/board-templates', [401, 200, 200, 200, 200, 200]),
  row('GET /api/workspaces/:id/boards', SEEING, theWorkspace),
  row('POST /api/workspaces/:id/boards', CREATING, (world) => ({ ...theWorkspace(world), body: { name: 'New' } })),
  row('GET /api/boards/:id', SEEING, theBoard),
  row('PATCH /api/boards/:id', [401, 404, 403, 200, 200, 200], (world) => ({
    ...theBoard(world),
    body: { description: 'What it is for' },
  })),
  row('DELETE /api/boards/:id', [401, 404, 404, 403, 204, 204], aBoard),
  row('PUT /api/boards/:id/archived', MEMBERS, aBoard),
  row('DELETE /api/boards/:id/archived', MEMBERS, aBoard),
  row('POST /api/boards/:id/duplicate', CREATING, (world) => ({ ...theBoard(world), body: {} })),
  row('GET /api/boards/:id/members', SEEING, theBoard),
  row('PUT /api/boards/:id/members/:userId', MEMBERS, async (world) => ({
    params: { id: (await world.make.board()).id, userId: (await world.make.member()).userId },
    body: { role: 'viewer' },
  })),
  row('DELETE /api/boards/:id/members/:userId', [401, 404, 404, 204, 204, 204], async (world) => ({
    params: { id: (await world.make.board()).id, userId: (await world.make.member()).userId },
  })),
]
