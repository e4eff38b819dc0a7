import { newId } from '@taskflow/shared/ids.ts'
import type { Row, World } from '../testing/route-table.ts'
import { CREATING, REMOVING, row, TEAM, WRITING } from '../testing/row.ts'

const some = async ({ make }: World) => ({ params: { id: (await make.label()).id } })
const onTask = async ({ make }: World) => ({ params: { id: (await make.task()).id, labelId: (await make.label()).id } })

export const labelRows: Row[] = [
  row('GET /api/workspaces/:id/labels', TEAM, ({ workspaceId }) => ({ params: { id: workspaceId } })),
  row('POST /api/workspaces/:id/labels', CREATING, ({ workspaceId }) => ({
    params: { id: workspaceId },
    body: { name: newId().slice(-12) },
  })),
  row('PATCH /api/labels/:id', WRITING, async (world) => ({ ...(await some(world)), body: { color: 'teal' } })),
  row('DELETE /api/labels/:id', REMOVING, some),
  row('PUT /api/tasks/:id/labels/:labelId', WRITING, onTask),
  row('DELETE /api/tasks/:id/labels/:labelId', WRITING, onTask),
]
