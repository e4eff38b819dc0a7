import { newId } from '@taskflow/shared/ids.ts'
import { sqlAsOwner } from '../testing/boards.ts'
import type { Row, World } from '../testing/route-table.ts'
import { row } from '../testing/row.ts'

const OVERSEEING = [401, 404, 403, 403, 200, 200]
const AGAIN = [401, 404, 403, 403, 204, 204]

const ofWorkspace = ({ workspaceId }: World) => ({ query: `workspaceId=${workspaceId}` })

async function failedMessage({ app, workspaceId }: World): Promise<string> {
  const id = newId()
  await sqlAsOwner(
    app,
    `insert into delivery (id, workspace_id, kind, purpose, recipient, payload, status, created_at)
     values ($1, $2, 'webhook', 'event', 'https://example.org', '{}', 'failed', now())`,
    [id, workspaceId],
  )
  return id
}

async function deadLetter({ app, workspaceId }: World): Promise<string> {
  const id = newId()
  await sqlAsOwner(
    app,
    `insert into pgboss.job (id, name, data, source_name, source_retry_count)
     values ($1, 'dead-letters', json_build_object('workspaceId', $2::text), 'dead-letters', 3)`,
    [id, workspaceId],
  )
  return id
}

export const operationsRows: Row[] = [
  row('GET /api/operations/schedules', OVERSEEING, ofWorkspace),
  row('GET /api/operations/deliveries', OVERSEEING, ofWorkspace),
  row('POST /api/operations/deliveries/:id/retry', AGAIN, async (world) => ({
    params: { id: await failedMessage(world) },
  })),
  row('GET /api/operations/dead-letters', OVERSEEING, ofWorkspace),
  row('POST /api/operations/dead-letters/:id/replay', AGAIN, async (world) => ({
    params: { id: await deadLetter(world) },
  })),
]
