import { newId } from '@taskflow/shared/ids.ts'
import { sqlAsOwner } from '../testing/boards.ts'
import type { Row, World } from '../testing/route-table.ts'
import { row } from '../testing/row.ts'

const EVERYBODY = [401, 200, 200, 200, 200, 200]

async function messageToOwner({ app, owner }: World): Promise<string> {
  const id = newId()
  await sqlAsOwner(
    app,
    `insert into delivery (id, user_id, kind, purpose, recipient, created_at)
     values ($1, $2, 'email', 'test', 'somebody@example.org', now())`,
    [id, owner.userId],
  )
  return id
}

export const myDeliveryRows: Row[] = [
  row('POST /api/me/test-delivery', [401, 202, 202, 202, 202, 202], () => ({ body: { channel: 'email' } })),
  row('GET /api/me/deliveries', EVERYBODY),
  row('GET /api/me/deliveries/:id', [401, 404, 404, 404, 404, 200], async (world) => ({
    params: { id: await messageToOwner(world) },
  })),
]
