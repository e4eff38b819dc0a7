type Privilege = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'

// Tables on which the runtime role may do less than read and write rows.
export const restrictedTables: Record<string, readonly Privilege[]> = {
  migration: ['SELECT'],
  installation: ['SELECT'],
  stream: ['SELECT'],
  event: ['SELECT'],
  idempotency: ['SELECT'],
  notification: ['SELECT', 'UPDATE'],
  inbox_dirty: [],
  notification_batch: [],
  push_key: ['SELECT', 'INSERT'],
  delivery: ['SELECT', 'INSERT', 'UPDATE'],
}
