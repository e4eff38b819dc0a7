import type { Row, World } from '../testing/route-table.ts'
import { row, SEEING } from '../testing/row.ts'

const aTask = async ({ make }: World) => ({ params: { id: (await make.task()).id } })

export const reminderRows: Row[] = [
  row('GET /api/tasks/:id/reminders', SEEING, aTask),
  row('PUT /api/tasks/:id/reminders', SEEING, async (world) => ({
    ...(await aTask(world)),
    body: { reminders: [{ kind: '1h' }] },
  })),
  row('DELETE /api/tasks/:id/reminders', [401, 404, 204, 204, 204, 204], aTask),
]
