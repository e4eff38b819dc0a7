import type { Attachment } from '@taskflow/shared/dto/task.ts'
import type { Row, World } from '../testing/route-table.ts'
import { CREATING, REMOVING, row, SEEING } from '../testing/row.ts'

const file = { headers: { 'content-type': 'application/octet-stream', 'x-file-name': 'a.txt' }, body: 'some text' }

const some = async ({ make, owner }: World) => {
  const { id } = await make.task()
  const uploaded = await owner.fetch(`/api/tasks/${id}/attachments`, { method: 'POST', ...file })
  return { params: { id: ((await uploaded.json()) as Attachment).id } }
}
const ofTask = async ({ make }: World) => ({ params: { id: (await make.task()).id } })

export const attachmentRows: Row[] = [
  row('GET /api/tasks/:id/attachments', SEEING, ofTask),
  row('POST /api/tasks/:id/attachments', CREATING, async (world) => ({ ...(await ofTask(world)), ...file })),
  row('GET /api/attachments/:id', SEEING, some),
  row('DELETE /api/attachments/:id', REMOVING, some),
]
