import type { Row } from '../testing/route-table.ts'
import { row } from '../testing/row.ts'

const EVERYBODY = [401, 200, 200, 200, 200, 200]

export const meRows: Row[] = [
  row('GET /api/me', EVERYBODY),
  row('PATCH /api/me', EVERYBODY, () => ({ body: { timeZone: 'Europe/Lisbon' } })),
  row('GET /api/me/tasks', EVERYBODY),
]
