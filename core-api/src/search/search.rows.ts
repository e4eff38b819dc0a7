import type { Row } from '../testing/route-table.ts'
import { row, SEEING } from '../testing/row.ts'

export const searchRows: Row[] = [
  row('GET /api/workspaces/:id/search', SEEING, ({ workspaceId }) => ({
    params: { id: workspaceId },
    query: 'q=task',
  })),
]
