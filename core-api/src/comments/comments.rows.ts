import type { Row, World } from '../testing/route-table.ts'
import { CREATING, row, SEEING, WRITING } from '../testing/row.ts'

const ofTask = async ({ make }: World) => ({ params: { id: (await make.task()).id } })
const some = async ({ make }: World) => ({ params: { id: (await make.comment()).id } })
const reaction = async ({ make }: World) => ({
  params: { id: (await make.comment()).id, emoji: encodeURIComponent('👍') },
})

export const commentRows: Row[] = [
  row('GET /api/tasks/:id/comments', SEEING, ofTask),
  row('POST /api/tasks/:id/comments', CREATING, async (world) => ({ ...(await ofTask(world)), body: { body: 'Hm' } })),
  row('PATCH /api/comments/:id', [401, 404, 403, 403, 403, 200], async (world) => ({
    ...(await some(world)),
    body: { body: 'Mine' },
  })),
  row('DELETE /api/comments/:id', [401, 404, 403, 403, 204, 204], some),
  row('PUT /api/comments/:id/reactions/:emoji', WRITING, reaction),
  row('DELETE /api/comments/:id/reactions/:emoji', WRITING, reaction),
]
