import type { Row } from '../testing/route-table.ts'
import { row } from '../testing/row.ts'

const OPEN = 'whoever holds the token may'

export const invitationRows: Row[] = [
  row('POST /api/workspaces/:id/invitations', [401, 404, 403, 403, 201, 201], ({ workspaceId, boardId }) => ({
    params: { id: workspaceId },
    body: { role: 'guest', boardId },
  })),
  row('GET /api/workspaces/:id/invitations', [401, 404, 403, 403, 200, 200], ({ workspaceId }) => ({
    params: { id: workspaceId },
  })),
  row('DELETE /api/invitations/:invitation', [401, 404, 403, 403, 204, 204], async ({ make }) => ({
    params: { invitation: (await make.invitation()).id },
  })),
  row(
    'GET /api/invitations/:invitation',
    [200, 200, 200, 200, 200, 200],
    async ({ make }) => ({ params: { invitation: (await make.invitation()).token } }),
    OPEN,
  ),
  row(
    'POST /api/invitations/:invitation/accept',
    [401, 404, 200, 200, 200, 200],
    async ({ make, stranger }, caller) => {
      const { id, token } = await make.invitation()
      if (caller === stranger) await make.revoked(id)
      return { params: { invitation: token } }
    },
    OPEN,
  ),
]
