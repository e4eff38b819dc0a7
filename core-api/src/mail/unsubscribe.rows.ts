import type { Row, World } from '../testing/route-table.ts'
import { row } from '../testing/row.ts'
import { unsubscribeUrl } from './unsubscribe-token.ts'

const ANYBODY = [200, 200, 200, 200, 200, 200]
const OPEN = 'whoever has the mail has the token, and need not be signed in'

const token = ({ app, owner }: World) => unsubscribeUrl(app.deps.config, owner.userId).split('/').at(-1)!

export const unsubscribeRows: Row[] = [
  row('GET /api/unsubscribe/:token', ANYBODY, (world) => ({ params: { token: token(world) } }), OPEN),
  row('POST /api/unsubscribe/:token', ANYBODY, (world) => ({ params: { token: token(world) } }), OPEN),
]
