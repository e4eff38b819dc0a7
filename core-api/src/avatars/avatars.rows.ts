import type { Row, World } from '../testing/route-table.ts'
import { row, SEEING } from '../testing/row.ts'

/** A GIF of one pixel, as far as it is looked at. */
const picture = { headers: { 'content-type': 'image/gif' }, body: 'GIF89a\x01\0\x01\0' }

const ofOwner = async ({ owner }: World) => {
  await owner.fetch('/api/me/avatar', { method: 'PUT', ...picture })
  return { params: { id: owner.userId } }
}

export const avatarRows: Row[] = [
  row('PUT /api/me/avatar', [401, 200, 200, 200, 200, 200], () => picture),
  row('DELETE /api/me/avatar', [401, 204, 204, 204, 204, 204]),
  row('GET /api/users/:id/avatar', SEEING, ofOwner),
]
