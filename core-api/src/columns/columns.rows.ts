import type { Row, World } from '../testing/route-table.ts'
import { CREATING, REMOVING, row, WRITING } from '../testing/row.ts'

const some = async ({ make }: World) => ({ params: { id: (await make.column()).id } })

export const columnRows: Row[] = [
  row('POST /api/boards/:id/columns', CREATING, ({ boardId }) => ({ params: { id: boardId }, body: { name: 'New' } })),
  row('PATCH /api/columns/:id', WRITING, async (world) => ({ ...(await some(world)), body: { name: 'Renamed' } })),
  row('DELETE /api/columns/:id', REMOVING, some),
  row('PUT /api/columns/:id/position', WRITING, async (world) => ({
    ...(await some(world)),
    body: { before: world.columns[0].id },
  })),
  row('POST /api/columns/:id/sort', WRITING, async (world) => ({ ...(await some(world)), body: { by: 'title' } })),
]
