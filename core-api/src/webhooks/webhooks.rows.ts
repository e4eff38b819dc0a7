import { newId } from '@taskflow/shared/ids.ts'
import { sqlAsOwner } from '../testing/boards.ts'
import type { Row, World } from '../testing/route-table.ts'
import { row } from '../testing/row.ts'

const url = 'https://hooks.example.org/taskflow'
const EVERYBODY = [401, 200, 200, 200, 200, 200]
/** What only those who run the workspace may do. */
const RUNNING = [401, 404, 404, 403, 200, 200]
const LEAVING = [401, 404, 404, 403, 202, 202]

const theWorkspace = ({ workspaceId }: World) => ({ params: { id: workspaceId } })

async function some({ app, workspaceId }: World): Promise<{ params: { id: string } }> {
  const id = newId()
  await sqlAsOwner(
    app,
    `insert into webhook (id, workspace_id, kind, url, shown, events, secret, enabled, created_at)
     values ($1, $2, 'generic', '', $3, '{*}', '', false, now())`,
    [id, workspaceId, url],
  )
  return { params: { id } }
}

async function someDelivery(world: World) {
  const { params } = await some(world)
  const deliveryId = newId()
  await sqlAsOwner(
    world.app,
    `insert into delivery (id, workspace_id, kind, purpose, recipient, target_id, payload, status, created_at)
     values ($1, $2, 'webhook', 'event', $3, $4, '{"type":"task.created"}', 'sent', now())`,
    [deliveryId, world.workspaceId, url, params.id],
  )
  return { params: { ...params, deliveryId } }
}

export const webhookRows: Row[] = [
  row('GET /api/workspaces/:id/webhooks', RUNNING, theWorkspace),
  row('POST /api/workspaces/:id/webhooks', [401, 404, 404, 403, 201, 201], (world) => ({
    ...theWorkspace(world),
    body: { url, events: ['task.*'] },
  })),
  row('GET /api/webhooks/:id', RUNNING, some),
  row('PATCH /api/webhooks/:id', RUNNING, async (world) => ({ ...(await some(world)), body: { description: 'Ours' } })),
  row('DELETE /api/webhooks/:id', [401, 404, 404, 403, 204, 204], some),
  row('POST /api/webhooks/:id/rotate', RUNNING, some),
  row('POST /api/webhooks/:id/test', LEAVING, some),
  row('GET /api/webhooks/:id/deliveries', RUNNING, some),
  row('GET /api/webhooks/:id/deliveries/:deliveryId', RUNNING, someDelivery),
  row('POST /api/webhooks/:id/deliveries/:deliveryId/replay', LEAVING, someDelivery),
  row('PUT /api/me/webhook', EVERYBODY, () => ({ body: { url } })),
  row('GET /api/me/webhook', EVERYBODY),
  row('DELETE /api/me/webhook', [401, 204, 204, 204, 204, 204]),
]
