import type { Row } from '../testing/route-table.ts'
import { row, SEEING } from '../testing/row.ts'

export const historyRows: Row[] = [
  row('GET /api/tasks/:id/history', SEEING, async ({ make }) => ({ params: { id: (await make.task()).id } })),
  row('GET /api/boards/:id/history', SEEING, ({ boardId }) => ({ params: { id: boardId } })),
  row('GET /api/workspaces/:id/activity', SEEING, ({ workspaceId }) => ({ params: { id: workspaceId } })),
]
