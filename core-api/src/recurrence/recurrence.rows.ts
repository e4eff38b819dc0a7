import type { Row, World } from '../testing/route-table.ts'
import { row, WRITING } from '../testing/row.ts'

const rrule = 'FREQ=WEEKLY'

const some = async ({ make }: World) => ({ params: { id: (await make.task({ due: '2026-12-01' })).id } })
const repeating = async ({ make }: World) => ({
  params: { id: (await make.task({ due: '2026-12-01', recurrence: { rrule } })).id },
})

export const recurrenceRows: Row[] = [
  row('PUT /api/tasks/:id/recurrence', WRITING, async (world) => ({
    ...(await some(world)),
    body: { rrule, zone: 'Europe/Lisbon', anchor: 'due' },
  })),
  row('DELETE /api/tasks/:id/recurrence', WRITING, repeating),
  row('POST /api/tasks/:id/recurrence/skip', WRITING, repeating),
  row('POST /api/recurrence/preview', [401, 200, 200, 200, 200, 200], () => ({
    body: { rrule, start: '2026-12-01', zone: 'UTC' },
  })),
]
