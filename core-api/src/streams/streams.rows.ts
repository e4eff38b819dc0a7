import { boardStream } from '@taskflow/shared/names.ts'
import { positionOf } from '../testing/boards.ts'
import type { Row } from '../testing/route-table.ts'
import { row, SEEING } from '../testing/row.ts'

export const streamRows: Row[] = [
  row('GET /api/streams/:id/events', SEEING, async ({ boardId, owner }) => {
    const { epoch } = await positionOf(owner, boardStream(boardId))
    return { params: { id: boardStream(boardId) }, query: `epoch=${epoch}&after=0` }
  }),
  row('GET /api/streams/:id/ticket', SEEING, ({ boardId }) => ({ params: { id: boardStream(boardId) } })),
]
