import { createECDH, randomBytes } from 'node:crypto'
import { newId } from '@taskflow/shared/ids.ts'
import type { Row } from '../testing/route-table.ts'
import { row } from '../testing/row.ts'

const EVERYBODY = [401, 200, 200, 200, 200, 200]
const GONE = [401, 204, 204, 204, 204, 204]
const endpoint = () => `https://updates.push.services.mozilla.com/wpush/v2/${newId()}`

/** What a browser would say. */
const someSubscription = () => ({
  endpoint: endpoint(),
  keys: {
    p256dh: createECDH('prime256v1').generateKeys().toString('base64url'),
    auth: randomBytes(16).toString('base64url'),
  },
})

export const pushRows: Row[] = [
  row('GET /api/push/key', EVERYBODY),
  row('GET /api/me/push-subscriptions', EVERYBODY),
  row('POST /api/me/push-subscriptions', [401, 201, 201, 201, 201, 201], () => ({ body: someSubscription() })),
  row('DELETE /api/me/push-subscriptions', GONE, () => ({ body: { endpoint: endpoint() } })),
  row(
    'DELETE /api/me/push-subscriptions/:id',
    GONE,
    () => ({ params: { id: newId() } }),
    'taking away what is not there is no error, and only one’s own is',
  ),
]
